import { z } from 'zod';
import { type EntityTag, entityTagsIn } from '../http/entity-tags.ts';
import { REVISION } from './schema.ts';

/** @returns the entity tag of a note: its revision, which also counts whom it is shared with */
export const tagOf = ({ revision }: { readonly revision: number }): string => `"${revision}"`;

const revisionsOf = (tags: readonly EntityTag[]): number[] =>
  tags.flatMap(({ opaque }) => (REVISION.test(opaque) ? [Number(opaque)] : []));

const entityTags = z.string().transform((value, context) => {
  const tags = entityTagsIn(value);
  if (tags !== undefined) return tags;
  context.addIssue({ code: 'custom', message: 'This is neither * nor a list of entity tags.' });
  return z.NEVER;
});

/**
 * If-Match, as the revisions that it names. A weak tag matches nothing here (RFC 9110 section 13.1.1). `*` is as good as
 * no condition: it would only say that there is such a note, and write over what its sender has not read.
 */
export const ifMatch = entityTags
  .optional()
  .transform((tags) => (tags && tags !== '*' ? revisionsOf(tags.filter(({ weak }) => !weak)) : undefined));

/** If-None-Match, as the question whether it names a revision (RFC 9110 section 13.1.2). */
export const ifNoneMatch = entityTags.optional().transform(
  (tags = []) =>
    (revision: number): boolean =>
      tags === '*' || revisionsOf(tags).includes(revision),
);

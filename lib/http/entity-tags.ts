/** An entity tag of a condition (RFC 9110 section 8.8.3). */
export interface EntityTag {
  readonly weak: boolean;
  readonly opaque: string;
}

const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/y;
const BETWEEN = /[ \t]*(?:,[ \t]*)+/y;

/**
 * Reads the value of If-Match or If-None-Match (RFC 9110 sections 13.1.1 and 13.1.2).
 * @returns undefined for what is neither `*` nor a list of entity tags
 */
export function entityTagsIn(value: string): '*' | readonly EntityTag[] | undefined {
  const list = value.trim();
  if (list === '*') return '*';
  const tags: EntityTag[] = [];
  for (let at = 0; at < list.length; ) {
    ENTITY_TAG.lastIndex = at;
    const [whole = '', weak, opaque] = ENTITY_TAG.exec(list) ?? [];
    if (opaque === undefined) return undefined;
    tags.push({ weak: weak !== undefined, opaque });
    BETWEEN.lastIndex = at + whole.length;
    const between = BETWEEN.exec(list)?.[0].length ?? 0;
    at += whole.length + between;
    if (between === 0 && at < list.length) return undefined;
  }
  return tags.length > 0 ? tags : undefined;
}

import { cookies } from 'next/headers';
import { z } from 'zod';
import { withForm } from '#lib/access/form.ts';
import { config } from '#lib/config.ts';
import { AppError } from '#lib/errors.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { askForIdToken } from '#lib/session/mark-due.ts';

const page = '/account/aws-credentials';

/** Has the page be given a fresh ID token, which it exchanges (docs/decisions/015-id-token-hand-over.md). */
export const POST = withForm({ form: page, page, fields: z.object({}) }, async ({ live }) => {
  if (!config().identityPool) throw new AppError('identity_pool_missing');
  const wait = await askForIdToken(config(), await cookies(), live, page);
  if (wait !== undefined) throw new AppError('too_many_requests');
  return `${page}?done=asked`;
});

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');

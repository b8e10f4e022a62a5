import { cookies } from 'next/headers';
import { z } from 'zod';
import { withForm } from '#lib/access/form.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { refusal } from '#lib/http/responses.ts';
import { markDue } from '#lib/session/mark-due.ts';

/** Has the next page bring claims that the user pool has just made. */
export const POST = withForm({ form: '/home', page: '/home', fields: z.object({}) }, async ({ live }) => {
  const wait = await markDue(config(), await cookies(), live);
  if (wait === undefined) return '/home';
  const response = refusal('too_many_requests');
  response.headers.set('retry-after', String(wait));
  return response;
});

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');

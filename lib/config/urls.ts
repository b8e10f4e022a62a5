import { z } from 'zod';

/** @returns whether it leads to this machine */
export const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

const httpUrl = z.string().refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''), {
  error: 'must be an http or https URL',
  abort: true,
});

/** An address to which paths can be added. */
export const plainUrl = httpUrl.refine((value) => {
  const url = new URL(value);
  return !url.search && !url.hash && !url.username && !url.password;
}, 'must have no query, fragment or user name');

/** One that nobody on the way can read or change. */
export const bareUrl = plainUrl.refine((value) => {
  const url = new URL(value);
  return url.protocol === 'https:' || isLoopback(url);
}, 'must be https, except on localhost');

/** Origins with commas between them. */
export const origins = z
  .string()
  .refine(
    (value) => value.split(',').every((part) => URL.parse(part)?.origin === part && /^https?:/.test(part)),
    'must be origins, like https://login.example.com, with commas between them',
  );

import { z } from 'zod';
import type { OnChallenge } from './challenge.ts';
import { CognitoFetchError } from './error.ts';
import type { Tokens } from './held-token.ts';
import type { Credentials } from './srp-sign-in.ts';
import type { AppClient } from './user-pool.ts';

export interface CognitoFetchOptions extends AppClient {
  /** The API. Relative addresses are relative to it, and the token goes to its origin and to no other. */
  baseUrl: string | URL;
  signIn: Credentials | { refreshToken: string };
  /** Which token goes into the header; `access` when absent. */
  token?: 'access' | 'id' | undefined;
  /** The header field, `Authorization` when absent, and what stands before the token there, `Bearer ` when absent. */
  header?: string | undefined;
  prefix?: string | undefined;
  /** Allows plain http, for a user pool and an API on this machine. */
  allowInsecureRequests?: boolean | undefined;
  /** Sends the requests to the API; the global `fetch` when absent. */
  fetch?: typeof fetch | undefined;
  /** Answers what a sign-in may ask for besides the password, one function for each challenge. */
  onChallenge?: OnChallenge | undefined;
  /** Told of each new set of tokens before it is used: the place to keep a refresh token that rotates. */
  onTokens?: ((tokens: Tokens) => void | Promise<void>) | undefined;
}

const functionType = z.custom<never>((value) => typeof value === 'function', 'must be a function');
const address = z.union([z.url({ protocol: /^https?$/ }), z.instanceof(URL)], 'must be an address');

const schema = z.strictObject({
  userPoolId: z.string().regex(/^[a-z]+(-[a-z]+)+-\d_[0-9A-Za-z]+$/, 'must look like eu-west-1_AbCdEfGhI'),
  clientId: z.string().regex(/^\w{1,128}$/, 'must be an app client ID'),
  clientSecret: z.string().min(1).optional(),
  endpoint: address.optional(),
  baseUrl: address,
  signIn: z.union(
    [
      z.strictObject({ username: z.string().min(1), password: z.string().min(1) }),
      z.strictObject({ refreshToken: z.string().min(1) }),
    ],
    'must be a username and a password, or a refreshToken',
  ),
  token: z.enum(['access', 'id']).optional(),
  header: z
    .string()
    .regex(/^[\w-]+$/, 'must be the name of a header field')
    .optional(),
  prefix: z
    .string()
    .regex(/^[\x20-\x7e]*$/, 'must be plain text')
    .optional(),
  allowInsecureRequests: z.boolean().optional(),
  fetch: functionType.optional(),
  onChallenge: z.record(z.string(), functionType).optional(),
  onTokens: functionType.optional(),
});

/**
 * Checks what a script was given, from its own settings more often than not.
 * @throws CognitoFetchError `invalid_options`, which names each problem and prints no value
 */
export function checkOptions(options: CognitoFetchOptions): void {
  const problems = (schema.safeParse(options).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.') || 'options'} ${message}`,
  );
  for (const name of ['baseUrl', 'endpoint'] as const) {
    const insecure = options.allowInsecureRequests !== true && /^http:/i.test(String(options[name]));
    if (insecure) problems.push(`${name} must be https: a token or a password goes there`);
  }
  if (problems.length > 0) throw new CognitoFetchError('invalid_options', problems.join('; '));
}

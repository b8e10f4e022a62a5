import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';
import { endpoints } from '../../../lib/cognito/endpoints.ts';
import { deadlineFetch } from '../../../lib/http/deadline-fetch.ts';
import { type Check, ok, problem } from '../finding.ts';
import type { UserPoolSubject } from '../user-pool.ts';

/** RFC 7518 section 3.3: RS256 keys have 2,048 bits or more. */
const SMALLEST_MODULUS = 2_048;

const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string() })).min(1) });

function bitsOf(key: Record<string, unknown>): number {
  try {
    return (
      createPublicKey({ key: key as JsonWebKey, format: 'jwk' }).asymmetricKeyDetails?.modulusLength ?? 0
    );
  } catch {
    return 0;
  }
}

export const keys: Check<UserPoolSubject> = {
  name: 'signing keys',
  async examine({ config }) {
    const { jwks } = endpoints(config);
    const response = await deadlineFetch(jwks).catch(() => undefined);
    const published = keySet.safeParse(await response?.json().catch(() => undefined));
    if (!response?.ok || !published.success)
      return problem(
        `there is no key set at ${jwks}`,
        'Without it nobody can sign in: see that this machine reaches the address, and that nothing in between rewrites it.',
      );
    const small = published.data.keys.filter((key) => bitsOf(key) < SMALLEST_MODULUS);
    if (small.length > 0)
      return problem(
        `${small.length} of ${published.data.keys.length} keys is no RSA key of 2,048 bits or more: ${small.map(({ kid }) => kid).join(', ')}`,
        'Tokens signed by it are refused. Cognito publishes no such key: look at who answers for this address.',
      );
    return ok(`${published.data.keys.length}, each an RSA key of 2,048 bits or more`);
  },
};

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BoundedMap } from '../bounded-map.ts';
import type { Config, IdentityPoolSettings } from '../config.ts';
import { AppError } from '../errors.ts';
import { processWide } from '../process-wide.ts';
import { userPoolProvider } from './endpoints.ts';
import { askIdentityPool } from './identity-pool-api.ts';

/** Credentials that end so soon are of no use to whoever is to be handed them; in milliseconds. */
const LAST_MS = 300_000;
const MOST_KEPT = 1_000;

/** What a person is handed. It is kept in memory alone, and printed nowhere. */
export interface AwsCredentials {
  readonly identityId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

const text = z.string().min(1);
const answer = z
  .object({
    IdentityId: text,
    Credentials: z.object({ AccessKeyId: text, SecretKey: text, SessionToken: text, Expiration: z.date() }),
  })
  .transform(
    ({ IdentityId, Credentials: { AccessKeyId, SecretKey, SessionToken, Expiration } }): AwsCredentials => ({
      identityId: IdentityId,
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretKey,
      sessionToken: SessionToken,
      expiresAt: Math.floor(Expiration.getTime() / 1_000),
    }),
  );

interface Kept {
  readonly credentials: Promise<AwsCredentials>;
  /** Milliseconds since the epoch. */
  goodUntil: number;
}

const kept = (): BoundedMap<string, Kept> =>
  processWide('aws-credentials', () => new BoundedMap<string, Kept>(MOST_KEPT));

/** The enhanced flow (Cognito: identity pools authentication flow). Neither of the two calls is signed. */
function exchange(
  config: Config,
  identityPool: IdentityPoolSettings,
  idToken: string,
): Promise<AwsCredentials> {
  const Logins = { [userPoolProvider(config)]: idToken };
  return askIdentityPool(identityPool, false, async ({ client, sdk, options }) => {
    const id = new sdk.GetIdCommand({ IdentityPoolId: identityPool.id, Logins });
    const { IdentityId } = await client.send(id, options);
    const credentials = new sdk.GetCredentialsForIdentityCommand({ IdentityId, Logins });
    return answer.parse(await client.send(credentials, options));
  });
}

/**
 * Exchanges a person's ID token for AWS credentials of the role that the identity pool chooses. The same token is given
 * the same credentials until five minutes before their end, and those who ask with it at the same time share one exchange.
 * @param idToken verified, of an app client that the identity pool has among its providers
 * @param now milliseconds since the epoch
 * @throws AppError `identity_pool_missing`, and those of {@link askIdentityPool}
 */
export async function credentialsFor(
  config: Config,
  idToken: string,
  now = Date.now(),
): Promise<AwsCredentials> {
  const { identityPool } = config;
  if (!identityPool) throw new AppError('identity_pool_missing');
  // The token itself is not kept.
  const key = createHash('sha256').update(`${identityPool.id} ${idToken}`).digest('base64url');
  const known = kept().get(key);
  if (known && now < known.goodUntil) return await known.credentials;
  const entry: Kept = {
    credentials: exchange(config, identityPool, idToken),
    goodUntil: Number.POSITIVE_INFINITY,
  };
  kept().set(key, entry);
  try {
    const credentials = await entry.credentials;
    entry.goodUntil = credentials.expiresAt * 1_000 - LAST_MS;
    return credentials;
  } catch (error) {
    if (kept().get(key) === entry) kept().delete(key);
    throw error;
  }
}

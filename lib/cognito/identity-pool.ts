import { z } from 'zod';
import type { Config, IdentityPoolSettings } from '../config.ts';
import { AppError } from '../errors.ts';
import { processWide } from '../process-wide.ts';
import { SingleFlight } from '../single-flight.ts';
import { userPoolProvider } from './endpoints.ts';
import { askIdentityPool } from './identity-pool-api.ts';

/** What a person is handed. It is kept nowhere, and printed nowhere. */
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

const underWay = () => processWide('aws-credentials', () => new SingleFlight<AwsCredentials>());

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
 * Exchanges a person's ID token for AWS credentials of the role that the identity pool chooses. Those who ask with one token
 * at the same time share one exchange. Nothing is kept after it: the identity pool asks the user pool each time whether the
 * sign-in still stands (`ServerSideTokenCheck`).
 * @param idToken verified, of an app client that the identity pool has among its providers
 * @throws AppError `identity_pool_missing`, and those of {@link askIdentityPool}
 */
export async function credentialsFor(config: Config, idToken: string): Promise<AwsCredentials> {
  const { identityPool } = config;
  if (!identityPool) throw new AppError('identity_pool_missing');
  const key = `${identityPool.id} ${idToken}`;
  return await underWay().share(key, () => exchange(config, identityPool, idToken));
}

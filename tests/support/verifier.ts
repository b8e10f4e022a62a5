import { createTokenVerifier, type TokenVerifier } from '../../lib/cognito/token-verifier.ts';
import {
  type Changes,
  clientId,
  cognitoClaims,
  makeSigningKey,
  type SigningKey,
  signToken,
} from './signed-tokens.ts';
import { sendKeys, startUserPoolServer, type UserPoolServer } from './user-pool-server.ts';

/** Where the verifier's clock stands in these tests, in seconds since the epoch. */
export const now = 1_800_000_000;

export interface VerifierUnderTest {
  pool: UserPoolServer;
  key: SigningKey;
  verifier: TokenVerifier;
  /** A good token of the pool, but for the changes. */
  accessToken(changes?: Changes, key?: SigningKey): string;
  idToken(changes?: Changes, key?: SigningKey): string;
  /** The kind of verdict for an access token of the web client. */
  judgeAccess(token: string): Promise<string>;
  judgeId(token: string): Promise<string>;
}

/** A verifier whose user pool publishes its keys over HTTP. */
export async function startVerifier(): Promise<VerifierUnderTest> {
  const pool = await startUserPoolServer();
  const key = makeSigningKey('pool-key-1');
  pool.answers.keys = sendKeys(key);
  const verifier = createTokenVerifier({ issuer: pool.issuer, domain: pool.issuer }, () => now * 1_000);
  const claims = cognitoClaims(pool.issuer, now);
  return {
    pool,
    key,
    verifier,
    accessToken: (changes, signer = key) => signToken(claims.access, signer, changes),
    idToken: (changes, signer = key) => signToken(claims.id, signer, changes),
    judgeAccess: async (token) => (await verifier.accessToken(token, [clientId])).kind,
    judgeId: async (token) => (await verifier.idToken(token, [clientId])).kind,
  };
}

import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export type Members = Record<string, unknown>;

/** An RSA key of an issuer, and its public half as a key set publishes it. */
export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  jwk: Members;
}

/** node:crypto rather than jose, which makes no key below 2,048 bits and signs no header that breaks a rule. */
export function makeSigningKey(kid: string, modulusLength = 2_048): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
  return { kid, privateKey, publicKey, jwk };
}

export const clientId = 'cabanaweb00000000000000001';
export const sub = '11111111-2222-4333-8444-555555555555';

const encode = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');

/** A JWS over exactly these texts, whatever they say. */
export function signTexts(header: string, payload: string, key: SigningKey): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${encode(sign('sha256', Buffer.from(input), key.privateKey))}`;
}

/** Members of a given value replace or add to the usual ones; `undefined` takes a member away. */
export interface Changes {
  claims?: Members;
  header?: Members;
}

export function signToken(claims: Members, key: SigningKey, changes: Changes = {}): string {
  const header = { kid: key.kid, alg: 'RS256', ...changes.header };
  return signTexts(JSON.stringify(header), JSON.stringify({ ...claims, ...changes.claims }), key);
}

/** What Cognito puts into the tokens of one sign-in, `now` being seconds since the epoch. */
export function cognitoClaims(issuer: string, now: number): { access: Members; id: Members } {
  const common = {
    sub,
    'cognito:groups': ['admins'],
    iss: issuer,
    origin_jti: '0fd1a2a6-58a4-4f43-9a0a-3a3ea9f3c9a1',
    event_id: '9d1bd7e2-6f5b-4a0e-8f7e-2f27c1a4a6a0',
    auth_time: now,
    exp: now + 3_600,
    iat: now,
  };
  return {
    access: {
      ...common,
      version: 2,
      client_id: clientId,
      token_use: 'access',
      scope: 'openid email profile aws.cognito.signin.user.admin',
      jti: 'c0f2f3f1-8b0e-4c2f-9c35-0a5b7f0c6f01',
      username: sub,
    },
    id: {
      ...common,
      at_hash: undefined,
      aud: clientId,
      token_use: 'id',
      jti: 'c0f2f3f1-8b0e-4c2f-9c35-0a5b7f0c6f02',
      'cognito:username': sub,
      email: 'ada@example.com',
      email_verified: true,
      'custom:plan': 'pro',
    },
  };
}

/** An access token and the ID token that names it in `at_hash`. */
export function signPair(issuer: string, now: number, key: SigningKey, claims: Members = {}) {
  const { access, id } = cognitoClaims(issuer, now);
  const accessToken = signToken({ ...access, ...claims }, key);
  const hash = createHash('sha256').update(accessToken).digest();
  const idToken = signToken({ ...id, ...claims, at_hash: encode(hash.subarray(0, 16)) }, key);
  return { accessToken, idToken };
}

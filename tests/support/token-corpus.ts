import type { Claims, TokenChange } from './hostile-tokens.ts';

/** One token to be judged: how it differs from an honest one, and whether it is good. */
export interface Specimen {
  name: string;
  good: boolean;
  change?: TokenChange;
  /** A change of the finished text. */
  respell?: (token: string) => string;
}

const bad = (name: string, change: TokenChange): Specimen => ({ name, good: false, change });
const claims = (name: string, changed: Claims): Specimen => bad(name, { claims: changed });
const header = (name: string, changed: Claims): Specimen => bad(name, { header: changed });
const spelled = (name: string, respell: (token: string) => string): Specimen => ({
  name,
  good: false,
  respell,
});

const withPart = (token: string, index: number, change: (part: string) => string): string =>
  token
    .split('.')
    .map((part, position) => (position === index ? change(part) : part))
    .join('.');

/** Forty tokens, the same for whoever judges them. @param now seconds since the epoch */
export const tokenCorpus = (now: number): Specimen[] => [
  { name: 'an honest one', good: true },
  { name: 'with a claim more', good: true, change: { claims: { 'custom:more': 'yes' } } },
  { name: 'with no group', good: true, change: { claims: { 'cognito:groups': undefined } } },
  { name: 'that ended within the tolerance', good: true, change: { claims: { exp: now - 30 } } },
  { name: 'dated ahead within the tolerance', good: true, change: { claims: { iat: now + 30 } } },
  { name: 'of another type, which the header says', good: true, change: { header: { typ: 'at+jwt' } } },
  bad('of a stranger’s key', { signer: 'stranger' }),
  bad('without a signature', { signer: 'none' }),
  bad('with the public key as its secret', { signer: 'hmac' }),
  bad('of an elliptic curve', { signer: 'curve' }),
  header('of a key that nobody knows', { kid: 'nobody-knows' }),
  header('without a key identifier', { kid: undefined }),
  header('with a number for a key identifier', { kid: 7 }),
  header('with an empty key identifier', { kid: '' }),
  header('with critical headers', { crit: ['b64'], b64: true }),
  claims('without an end', { exp: undefined }),
  claims('that has ended', { exp: now - 3_600 }),
  claims('whose end is a text', { exp: String(now + 3_600) }),
  claims('whose end is before the epoch', { exp: -1 }),
  claims('without a beginning', { iat: undefined }),
  claims('dated ahead', { iat: now + 600 }),
  claims('of a sign-in that is to come', { auth_time: now + 600 }),
  claims('that is not to be used yet', { nbf: now + 600 }),
  claims('without a person', { sub: undefined }),
  claims('of a person without a name', { sub: '' }),
  claims('without a user name', { username: undefined }),
  claims('without a client', { client_id: undefined }),
  claims('of another client', { client_id: 'otherclient00000000000001' }),
  claims('of several clients', { client_id: ['hostileclient0000000000001'] }),
  claims('of another issuer', { iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0001' }),
  claims('without an issuer', { iss: undefined }),
  claims('for another use', { token_use: 'id' }),
  claims('for no use', { token_use: undefined }),
  claims('whose groups are a text', { 'cognito:groups': 'admins' }),
  claims('whose groups are objects', { 'cognito:groups': [{ name: 'admins' }] }),
  spelled('with padding', (token) => `${token}==`),
  spelled('of two parts', (token) => token.split('.').slice(0, 2).join('.')),
  spelled('of four parts', (token) => `${token}.${token.split('.')[2]}`),
  spelled('whose payload was changed', (token) =>
    withPart(token, 1, (part) =>
      Buffer.from(Buffer.from(part, 'base64url').toString().replace('admins', 'Admins')).toString(
        'base64url',
      ),
    ),
  ),
  spelled('whose signature was cut', (token) => withPart(token, 2, (part) => part.slice(0, -4))),
];

import { Failure } from './failure.ts';

/** What a sign-in has to be told; afterwards the file knows. */
export interface Settings {
  api: string;
  issuer: string;
  clientId: string;
}

/** What `npm start` serves from `infra/template.yaml`. */
export const defaults: Settings = {
  api: 'http://localhost:3000',
  issuer: 'http://localhost:9229/us-east-1_Cabana001',
  clientId: 'cabanamobile00000000000001',
};

/** What the app asks the user pool for, and the person agrees to. */
export const SCOPES = 'openid notes/read notes/write';

/** Those that the app client names as its callback URLs. */
export const redirectUris = {
  loopback: 'http://localhost:8400/callback',
  scheme: 'cabana://callback',
} as const;

export type RedirectKind = keyof typeof redirectUris;

/** Where plain http goes no further than this machine. */
export const isLoopback = (address: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(address)?.hostname ?? '');

/** @throws Failure when tokens would travel in the clear */
export function requireSafeAddress(name: string, address: string): string {
  const url = URL.parse(address);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(address));
  if (!secure) throw new Failure(`--${name} must be an https address, or http on localhost.`);
  return address.replace(/\/$/, '');
}

import { type BrokenAnswer, changed } from './broken-answers.ts';
import { type Members, makeSigningKey, type SigningKey } from './signed-tokens.ts';

/** Changes of the key set that a user pool publishes. */
const keySet = (change: (keys: Members[]) => unknown[]): BrokenAnswer =>
  changed((body) => {
    const { keys } = JSON.parse(body.toString()) as { keys: Members[] };
    return JSON.stringify({ keys: change(keys) });
  });

const strange = makeSigningKey('strange').jwk;
const strangePrivate = makeSigningKey('private').privateKey.export({ format: 'jwk' });

/** Another key under the same names. */
export const wrongKeys = ({ jwk }: SigningKey): BrokenAnswer =>
  keySet((keys) => keys.map(({ kid }) => ({ ...jwk, kid })));

/** Each name twice: once for the honest key, once for another. */
export const duplicateKids = keySet((keys) => [...keys, ...keys.map(({ kid }) => ({ ...strange, kid }))]);

/** The honest keys, and the private half of a further one. */
export const privateKeys = keySet((keys) => [
  ...keys,
  { ...strangePrivate, kid: 'private', use: 'sig', alg: 'RS256' },
]);

/** The honest keys, said to be for encryption. */
export const encryptionKeys = keySet((keys) => keys.map((key) => ({ ...key, use: 'enc' })));

export const noKeys = keySet(() => []);

/** A document without a key set. */
export const emptyDocument = changed(() => '{}');

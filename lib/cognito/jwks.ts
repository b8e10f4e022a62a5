import type { Jwks, JwksCache, JwkWithKid } from 'aws-jwt-verify/jwk';
import type { DecomposedJwt } from 'aws-jwt-verify/jwt';
import { z } from 'zod';
import { deadlineFetch } from '../http/deadline-fetch.ts';
import { withSecondTry } from '../http/second-try.ts';

/** A withdrawn key is refused after this long, once the user pool answers: until then the last good set serves. */
const MAX_AGE_MS = 540_000;
/** A made-up `kid` costs the user pool one fetch in this time, however many tokens carry one. */
const MIN_INTERVAL_MS = 10_000;
/** RFC 7518 section 3.3: RS256 keys have 2,048 bits or more. */
const SMALLEST_MODULUS = 2_048;

/** The signing keys cannot be had now, so nothing can be said about a token. Never a reason to sign anyone out. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/** The user pool publishes no such key. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';
}

/** Zeros in front make a number longer and no larger; `A` is six of them. */
const modulusBits = (n: string): number => Math.floor((n.replace(/^A+/, '').length * 6) / 8) * 8;

const signingKey = z.object({
  kid: z.string().min(1),
  kty: z.literal('RSA'),
  use: z.literal('sig').optional(),
  alg: z.literal('RS256').optional(),
  n: z
    .string()
    .regex(/^[\w-]+$/)
    .refine((n) => modulusBits(n) >= SMALLEST_MODULUS),
  e: z.string(),
});

type Answer = 'fetched' | 'failed' | 'asked too recently';

const document = z.object({ keys: z.array(z.unknown()).min(1).max(100) });

/** The members of a key's private half (RFC 7518 sections 6.2.2 and 6.3.2). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];

const isPrivate = (candidate: unknown): boolean =>
  typeof candidate === 'object' &&
  candidate !== null &&
  privateMembers.some((member) => Object.hasOwn(candidate, member));

/**
 * Keys that cannot sign an RS256 token are left out; two keys of one name make the whole set unusable, and so does a
 * private key, which everybody who read it could sign with.
 * aws-jwt-verify imports a key once for each `kid` that it is given and never again. Here that names the whole key, or
 * another key of the same name would not count until the process ends.
 * @returns the keys by the `kid` under which the user pool publishes them
 */
function usableKeys(body: unknown): Map<string, JwkWithKid> {
  const keys = new Map<string, JwkWithKid>();
  for (const candidate of document.parse(body).keys) {
    if (isPrivate(candidate)) throw new Error('private key');
    const key = signingKey.safeParse(candidate);
    if (!key.success) continue;
    if (keys.has(key.data.kid)) throw new Error('duplicate kid');
    const { kid, kty, n, e } = key.data;
    keys.set(kid, { kid: `${kid} ${n} ${e}`, kty, n, e, use: 'sig', alg: 'RS256' });
  }
  if (keys.size === 0) throw new Error('no usable key');
  return keys;
}

/**
 * The key set of one user pool, in the shape aws-jwt-verify asks for. It replaces the library's cache, which
 * keeps a key for ever, fetches anew for every call while the user pool is down, and takes 1,024-bit keys.
 * `now` is in milliseconds from any moment, and of a clock that nobody sets: one that is put back would keep a withdrawn
 * key in force, and a new one unknown, for as long.
 */
export class UserPoolKeys implements JwksCache {
  #keys: Map<string, JwkWithKid> | undefined;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #pending: Promise<Answer> | undefined;
  #lastAnswer: Answer = 'failed';
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @throws UnknownKeyError, KeysUnavailableError */
  async getJwk(jwksUri: string, { header }: DecomposedJwt): Promise<JwkWithKid> {
    if (typeof header.kid !== 'string' || header.kid === '') throw new UnknownKeyError();
    const refreshed = this.#isStale() ? await this.#refresh(jwksUri) : undefined;
    const known = this.#keys?.get(header.kid);
    if (known) return known;
    const answer = refreshed ?? (await this.#refresh(jwksUri));
    const found = this.#keys?.get(header.kid);
    if (found) return found;
    throw answer === 'fetched' ? new UnknownKeyError() : new KeysUnavailableError();
  }

  #isStale(): boolean {
    return this.#now() - this.#fetchedAt > MAX_AGE_MS;
  }

  /** What stands for the set in force: another value after each fetch, and undefined once the set is to be fetched anew. */
  inForce(): object | undefined {
    return this.#isStale() ? undefined : this.#keys;
  }

  getCachedJwk(): JwkWithKid {
    throw new KeysUnavailableError('keys are fetched, not preloaded');
  }

  async getJwks(jwksUri: string): Promise<Jwks> {
    await this.#refresh(jwksUri);
    return { keys: [...(this.#keys?.values() ?? [])] };
  }

  /** Whether the user pool answered when it was last asked; asks again when that was some time ago. */
  async isReachable(jwksUri: string): Promise<boolean> {
    await this.#refresh(jwksUri);
    return this.#lastAnswer === 'fetched';
  }

  addJwks(_jwksUri: string, jwks: Jwks): void {
    this.#keys = usableKeys(jwks);
    this.#fetchedAt = this.#now();
  }

  /** At most one fetch at a time and one per interval; a failure leaves the last good set in place. */
  async #refresh(jwksUri: string): Promise<Answer> {
    if (this.#pending) return await this.#pending;
    if (this.#now() - this.#triedAt < MIN_INTERVAL_MS) return 'asked too recently';
    this.#triedAt = this.#now();
    this.#pending = this.#fetch(jwksUri).finally(() => {
      this.#pending = undefined;
    });
    this.#lastAnswer = await this.#pending;
    return this.#lastAnswer;
  }

  async #fetch(jwksUri: string): Promise<Answer> {
    try {
      await withSecondTry(async (signal) => {
        const response = await deadlineFetch(jwksUri, { headers: { accept: 'application/json' }, signal });
        if (response.status !== 200) throw new KeysUnavailableError();
        this.addJwks(jwksUri, (await response.json()) as Jwks);
      });
      return 'fetched';
    } catch {
      return 'failed';
    }
  }
}

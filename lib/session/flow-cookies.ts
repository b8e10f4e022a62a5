import type { CookieStore } from 'iron-session';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { returnPath } from '../http/return-to.ts';
import { cookieAttributes, cookieName, expireCookie } from './cookies.ts';

/**
 * A sign-in under way. Each has cookies of its own, so that two tabs can sign in at once: three in which next-auth
 * keeps state, nonce and PKCE verifier for fifteen minutes, and a record, which outlives them to tell a late answer
 * of the user pool from a stranger's.
 */
export interface Flow {
  readonly id: string;
  /** A hash of the `state`, by which an answer of the user pool finds its flow. */
  readonly stateHash: string;
  readonly returnTo: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Asks for the password even where the user pool still knows the browser. */
  readonly askAgain: boolean;
  /** True for the second try of a flow that had expired: there is no third. */
  readonly restarted: boolean;
}

/** next-auth's names for its cookies, and ours. It issues no session, so it needs no others. */
const parts = {
  state: 'state',
  nonce: 'nonce',
  pkceCodeVerifier: 'pkce',
  callbackUrl: 'callback',
  csrfToken: 'csrf',
} as const;

type Part = keyof typeof parts;

const recordSchema = z.object({
  state: z.string().length(22),
  to: z.string(),
  at: z.number(),
  ask: z.literal(true).optional(),
  again: z.literal(true).optional(),
});

/** In seconds: as long as a person may leave the user pool's page open and still be brought back by themselves. */
const RECORD_LIFETIME = 4 * 3_600;
const LONGEST_RETURN_PATH = 2_048;

/** At most this many sign-ins at once, and only while all cookies of the application together stay below 8 KB. */
const MOST_FLOWS = 5;
const LARGEST_COOKIES = 8_192;

type Store = Pick<CookieStore, 'get' | 'set' | 'getAll'>;

const prefix = (config: Config): string => cookieName(config, 'flow-');
const recordName = (config: Config, id: string): string => prefix(config) + id;

export const flowCookieName = (config: Config, id: string, part: Part): string =>
  `${recordName(config, id)}-${parts[part]}`;

/** For next-auth's `cookies` option. */
export const flowCookieOptions = (config: Config, id: string) =>
  Object.fromEntries(
    (Object.keys(parts) as Part[]).map((part) => [
      part,
      { name: flowCookieName(config, id, part), options: cookieAttributes(config) },
    ]),
  );

/** @returns a name for a flow's cookies; it protects nothing, and has only to differ from the others */
export const newFlowId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** @returns the first 132 bits of the SHA-256 of a `state`, in base64url */
export async function hashOfState(state: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state));
  return Buffer.from(hash).toString('base64url').slice(0, 22);
}

function parseRecord(id: string, value: string): Flow | undefined {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch {
    return undefined;
  }
  const record = recordSchema.safeParse(json).data;
  return (
    record && {
      id,
      stateHash: record.state,
      returnTo: returnPath(record.to),
      startedAt: record.at,
      askAgain: record.ask === true,
      restarted: record.again === true,
    }
  );
}

const ownCookies = (config: Config, cookies: Store) =>
  (cookies.getAll?.() ?? []).filter(({ name, value }) => name.startsWith(prefix(config)) && value !== '');

/** @returns the sign-ins under way in this browser, the newest first */
export function readFlows(config: Config, cookies: Store): Flow[] {
  return ownCookies(config, cookies)
    .flatMap(({ name, value }) => parseRecord(name.slice(prefix(config).length), value) ?? [])
    .sort((a, b) => b.startedAt - a.startedAt);
}

/** @returns the sign-in that an answer of the user pool belongs to */
export async function flowOf(config: Config, cookies: Store, state: string): Promise<Flow | undefined> {
  const stateHash = await hashOfState(state);
  return readFlows(config, cookies).find((flow) => flow.stateHash === stateHash);
}

/** In seconds: next-auth's own limit, written inside its cookies as well. */
const CHECKS_LIFETIME = 900;

/**
 * Keeps what next-auth sets for a flow. Its values are encrypted and need no encoding.
 * @param lines `Set-Cookie` headers; those of other cookies are left out
 */
export function keepChecks(config: Config, cookies: Store, id: string, lines: readonly string[]): void {
  const names = (['state', 'nonce', 'pkceCodeVerifier'] as const).map((part) =>
    flowCookieName(config, id, part),
  );
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (names.includes(name))
      cookies.set(name, value, { ...cookieAttributes(config), maxAge: CHECKS_LIFETIME });
  }
}

/** Sets a flow's record. A way back that no cookie could hold leads home instead. */
export function writeFlow(config: Config, cookies: Store, flow: Flow): void {
  const record: z.infer<typeof recordSchema> = {
    state: flow.stateHash,
    to:
      encodeURIComponent(flow.returnTo).length > LONGEST_RETURN_PATH ? returnPath(undefined) : flow.returnTo,
    at: flow.startedAt,
    ...(flow.askAgain && { ask: true }),
    ...(flow.restarted && { again: true }),
  };
  cookies.set(recordName(config, flow.id), JSON.stringify(record), {
    ...cookieAttributes(config),
    maxAge: RECORD_LIFETIME,
  });
}

const belongsTo = (config: Config, id: string, name: string): boolean =>
  name === recordName(config, id) || name.startsWith(`${recordName(config, id)}-`);

function clear(config: Config, cookies: Store, which: (name: string) => boolean): void {
  for (const { name } of ownCookies(config, cookies)) if (which(name)) expireCookie(config, cookies, name);
}

/** Expires what is left of one sign-in, finished or failed. */
export const clearFlow = (config: Config, cookies: Store, id: string): void =>
  clear(config, cookies, (name) => belongsTo(config, id, name));

/** Expires what is left of every sign-in. */
export const clearFlowCookies = (config: Config, cookies: Store): void => clear(config, cookies, () => true);

const size = (cookies: readonly { name: string; value: string }[]): number =>
  cookies.reduce((sum, { name, value }) => sum + name.length + encodeURIComponent(value).length + 3, 0);

/**
 * Expires abandoned sign-ins, the oldest first, and what belongs to none: a browser that collected them would in the
 * end send more cookies than a server accepts.
 */
export function sweepFlows(config: Config, cookies: Store): void {
  const own = ownCookies(config, cookies);
  const others = (cookies.getAll?.() ?? []).filter(({ name }) => !name.startsWith(prefix(config)));
  let room = LARGEST_COOKIES - size(others);
  const kept: string[] = [];
  for (const { id } of readFlows(config, cookies)) {
    room -= size(own.filter(({ name }) => belongsTo(config, id, name)));
    if (kept.length === 0 || (kept.length < MOST_FLOWS && room >= 0)) kept.push(id);
  }
  clear(config, cookies, (name) => !kept.some((id) => belongsTo(config, id, name)));
}

import type { Config } from '../config.ts';
import { type Cookies, cookieName, jarOf } from './cookies.ts';

export type Purpose = 'session' | 'refresh';

/**
 * A session's cookies are named for their generation, so that a response which arrives late sets and deletes its own and
 * never those of a newer one (docs/decisions/012-cookies-by-generation.md).
 */
export const nameOf = (config: Config, purpose: Purpose, generation: number): string =>
  cookieName(config, `${purpose}-${generation}`);

const ownName = /^(?:__Host-)?(session|refresh)-(\d{1,12})(?:\.\d+)?$/;

interface OwnCookie {
  name: string;
  purpose: string;
  generation: number;
}

/** The cookies of sessions that a request brings, their chunks among them, in no order. */
export function ownCookies(cookies: Cookies, config: Config): OwnCookie[] {
  const { names, read } = jarOf(cookies);
  return names().flatMap((name) => {
    const [, purpose = '', generation = ''] = ownName.exec(name) ?? [];
    const own = purpose !== '' && name.startsWith(cookieName(config, purpose)) && read(name);
    return own ? [{ name, purpose, generation: Number(generation) }] : [];
  });
}

/** A browser has one generation, and after a race two; whoever sends more is not helped by having them all opened. */
const MOST_GENERATIONS = 3;

/** The generations that a request brings, the newest first. */
export const generationsOf = (own: readonly OwnCookie[], purpose: Purpose): number[] =>
  [...new Set(own.filter((cookie) => cookie.purpose === purpose).map(({ generation }) => generation))]
    .sort((a, b) => b - a)
    .slice(0, MOST_GENERATIONS);

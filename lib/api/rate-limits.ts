import { createHmac } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { type Config, config } from '../config.ts';
import { type Database, database } from '../data/database.ts';
import { processWide } from '../process-wide.ts';

const WINDOW_SECONDS = 60;

/** Addresses share counters above this number of them, so that a flood of addresses takes no more room. */
const ADDRESS_COUNTERS = 2 ** 17;

/** How one limit stands after a request was counted. */
export interface Counted {
  readonly name: 'user' | 'address';
  /** Requests a minute. */
  readonly quota: number;
  readonly remaining: number;
  /** Until the window begins anew, in seconds. */
  readonly resetIn: number;
  readonly exceeded: boolean;
}

export interface RateLimits {
  /** Counts a request of an address. */
  ofAddress(address: string | null): Promise<Counted>;
  /** Counts a request of somebody who has been let in, whichever device or token it came from. */
  ofUser(sub: string): Promise<Counted>;
}

/** What the library asks of a client of Postgres; its table is made by our migrations. */
const clientOf = (db: Database) => ({
  query: ({ text, values }: { text: string; values: unknown[] }) =>
    db.use((tables) => tables.executeQuery(CompiledQuery.raw(text, values))),
});

function limiter(settings: Config, db: Database, name: Counted['name'], points: number): RateLimiterAbstract {
  const options = { points, duration: WINDOW_SECONDS, keyPrefix: name };
  const inMemory = new RateLimiterMemory(options);
  if (settings.database.kind === 'sqlite') return inMemory;
  return new RateLimiterPostgres({
    ...options,
    storeClient: clientOf(db),
    storeType: 'client',
    tableName: 'request_counts',
    tableCreated: true,
    clearExpiredByTimeout: true,
    // Whoever is over the limit is not worth a question each time.
    inMemoryBlockOnConsumed: points,
    insuranceLimiter: inMemory,
  });
}

async function count(limit: RateLimiterAbstract, name: Counted['name'], key: string): Promise<Counted> {
  const counted = ({ remainingPoints, msBeforeNext }: RateLimiterRes, exceeded: boolean): Counted => ({
    name,
    quota: limit.points,
    remaining: remainingPoints,
    resetIn: Math.ceil(msBeforeNext / 1_000),
    exceeded,
  });
  try {
    return counted(await limit.consume(key), false);
  } catch (refusal) {
    // Its own word is what counts: where it refuses out of memory, it does not say how much was consumed.
    if (refusal instanceof RateLimiterRes) return counted(refusal, true);
    throw refusal;
  }
}

/**
 * The lower half of an IPv6 address is its holder's to choose (RFC 4291 section 2.5.4), so the upper half counts, in
 * whichever spelling a proxy writes it.
 */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = [], after = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16))
    .join(':');
}

/**
 * The same at every instance, and nobody can choose an address that shares a counter with somebody else's.
 * @returns the number of the counter
 */
function counterOf(settings: Config, address: string): number {
  const [secret = ''] = Object.values(settings.sessionSecrets).slice(-1);
  const digest = createHmac('sha256', secret)
    .update(`rate limit ${networkOf(address)}`)
    .digest();
  return digest.readUInt32BE() % ADDRESS_COUNTERS;
}

/**
 * Counts requests in windows of a minute: in memory, or in Postgres when several instances share it. While that cannot
 * be asked, each instance counts for itself.
 */
export function createRateLimits(settings: Config, db: Database): RateLimits {
  const byAddress = limiter(settings, db, 'address', settings.requestsPerAddress);
  const byUser = limiter(settings, db, 'user', settings.requestsPerUser);
  return {
    ofAddress: (address) => count(byAddress, 'address', `${counterOf(settings, address ?? '')}`),
    ofUser: (sub) => count(byUser, 'user', sub),
  };
}

/** The limits of this process. */
export const rateLimits = (): RateLimits =>
  processWide('rate-limits', () => createRateLimits(config(), database()));

/** The fields of draft-ietf-httpapi-ratelimit-headers-10: the quotas, and what is left of each. */
export const rateLimitHeaders = (counts: readonly Counted[]): Record<string, string> => ({
  'ratelimit-policy': counts.map(({ name, quota }) => `"${name}";q=${quota};w=${WINDOW_SECONDS}`).join(', '),
  ratelimit: counts.map(({ name, remaining, resetIn }) => `"${name}";r=${remaining};t=${resetIn}`).join(', '),
});

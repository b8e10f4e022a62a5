import { decodeJwt } from 'jose';
import { encode } from 'next-auth/jwt';
import { type AccessTokenClaims, type IdTokenClaims, personalClaims } from '../../../lib/cognito/claims.ts';
import { parseConfig } from '../../../lib/config.ts';
import { openDatabase } from '../../../lib/data/database.ts';
import type { SessionRow } from '../../../lib/data/tables.ts';
import { sessionRow } from '../../../lib/session/registry.ts';
import { nobody } from '../../../lib/session/visitor.ts';
import { sealedSession } from '../../support/sealed-session.ts';
import { people, signIn, type Target, type Tokens } from '../target.ts';

const LANES = 8;
const ROWS_AT_ONCE = 500;
/** How next-auth divides a session that is too large for one cookie. */
const NEXT_AUTH_CHUNK = /.{1,3933}/g;

/** Signs the ten people in until there are so many sign-ins, each with tokens of its own. */
export async function signInOften(
  pool: Pick<Target, 'name' | 'port' | 'clientId'>,
  count: number,
): Promise<Tokens[]> {
  const tokens: Tokens[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next++; index < count; index = next++) {
      const person = people[index % people.length];
      if (person) tokens.push(await signIn(pool, person));
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  return tokens;
}

/** @param cookies by their names */
export const cookieHeader = (cookies: Record<string, string>): string =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

/**
 * Opens a session for each sign-in, as the application does: sealed cookies, and a row in the registry.
 * @param environment of the application whose sessions they are
 * @param due whether the first page load of each is to refresh it
 * @returns their Cookie headers
 */
export async function openSessions(
  environment: Record<string, string>,
  tokens: Tokens[],
  { due }: { due: boolean },
): Promise<string[]> {
  const config = parseConfig(environment);
  const now = Math.floor(Date.now() / 1_000);
  const rows: SessionRow[] = [];
  const headers: string[] = [];
  for (const { AccessToken, IdToken, RefreshToken } of tokens) {
    const access = decodeJwt<AccessTokenClaims>(AccessToken);
    const identity = { sessionId: crypto.randomUUID(), openedAt: now };
    const contents = {
      ...identity,
      accessToken: AccessToken,
      claims: personalClaims(decodeJwt<IdTokenClaims>(IdToken)),
      generation: now,
      refreshedAt: now,
      seenAt: now,
      claimsExpireAt: access.exp,
      refreshDueAt: due ? now : access.exp,
    };
    headers.push(cookieHeader(await sealedSession({ environment }, contents, RefreshToken)));
    rows.push(sessionRow(config, identity, access, nobody, 'user pool'));
  }
  const database = openDatabase(config.database);
  for (let begin = 0; begin < rows.length; begin += ROWS_AT_ONCE) {
    const some = rows.slice(begin, begin + ROWS_AT_ONCE);
    await database.use((tables) => tables.insertInto('sessions').values(some).execute());
  }
  await database.close();
  return headers;
}

/** Sessions of next-auth that hold what ours hold: both tokens and the claims about the person. @returns Cookie headers */
export const nextAuthSessions = (secret: string, tokens: Tokens[]): Promise<string[]> =>
  Promise.all(
    tokens.map(async ({ AccessToken, IdToken, RefreshToken }) => {
      const claims = personalClaims(decodeJwt<IdTokenClaims>(IdToken));
      const token = { ...claims, accessToken: AccessToken, refreshToken: RefreshToken };
      const sealed = await encode({ token, secret });
      const chunks = sealed.match(NEXT_AUTH_CHUNK) ?? [];
      return cookieHeader(
        Object.fromEntries(chunks.map((chunk, index) => [`next-auth.session-token.${index}`, chunk])),
      );
    }),
  );

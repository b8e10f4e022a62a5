import { tokenVerifier } from '#lib/cognito/token-verifier.ts';
import { database } from '#lib/data/database.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { json } from '#lib/http/responses.ts';

export const dynamic = 'force-dynamic';

const reachable = (yes: boolean) => (yes ? 'reachable' : 'unreachable');

/** Up is up: what cannot be reached is reported, because signed-in people can go on reading without it. */
export async function GET() {
  const [userPool, registry] = await Promise.all([tokenVerifier().ready(), database().reachable()]);
  return json({ status: 'ok', userPool: reachable(userPool), database: reachable(registry) });
}

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');

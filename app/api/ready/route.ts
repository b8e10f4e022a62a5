import { otherMethods } from '#lib/http/methods.ts';
import { json } from '#lib/http/responses.ts';
import { readiness } from '#lib/readiness.ts';

export const dynamic = 'force-dynamic';

const reachable = (yes: boolean) => (yes ? 'reachable' : 'unreachable');

/** Ready: what a sign-in needs can be reached. */
export async function GET() {
  const { userPool, database } = await readiness();
  const ready = userPool && database;
  const body = {
    status: ready ? 'ready' : 'not ready',
    userPool: reachable(userPool),
    database: reachable(database),
  };
  return json(body, ready ? 200 : 503);
}

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');

import { tokenVerifier } from '#lib/cognito/token-verifier.ts';
import { json } from '#lib/http/responses.ts';

export const dynamic = 'force-dynamic';

/** Up is up: a user pool that cannot be reached is reported, because signed-in people can go on reading. */
export async function GET() {
  return json({ status: 'ok', userPool: (await tokenVerifier().ready()) ? 'reachable' : 'unreachable' });
}

import type { NextRequest } from 'next/server';
import { config } from '#lib/config.ts';
import { refusal } from '#lib/http/responses.ts';
import { finishSignIn, startSignIn } from '#lib/session/provider-flow.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/** An address that cannot be decoded names no action. */
const actionOf = async ({ params }: Context): Promise<string> =>
  params.then(
    ({ nextauth }) => nextauth.join('/'),
    () => '',
  );

export async function GET(request: NextRequest, context: Context) {
  const action = await actionOf(context);
  if (action === 'signin/cognito') return refusal('method_not_allowed');
  return action === 'callback/cognito' ? await finishSignIn(config(), request) : refusal('not_found');
}

export async function POST(request: NextRequest, context: Context) {
  const signIn = (await actionOf(context)) === 'signin/cognito';
  return signIn ? await startSignIn(config(), request) : refusal('not_found');
}

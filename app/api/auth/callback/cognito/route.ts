import type { NextRequest } from 'next/server';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { finishSignIn } from '#lib/session/provider-flow.ts';

/** Where the user pool sends the browser back. */
export const GET = (request: NextRequest) => finishSignIn(config(), request);

/** A HEAD would redeem the code, and its answer would be thrown away. */
export const { HEAD, POST, PUT, PATCH, DELETE } = otherMethods('GET');

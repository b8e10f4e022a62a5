import type { NextRequest } from 'next/server';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { startSignIn } from '#lib/session/provider-flow.ts';

/** Where the sign-in form is sent. */
export const POST = (request: NextRequest) => startSignIn(config(), request);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');

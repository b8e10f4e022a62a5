import { cookies } from 'next/headers';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { isFromOwnOrigin } from '#lib/http/origin.ts';
import { refusal, seeOther } from '#lib/http/responses.ts';
import { endSession } from '#lib/session/end.ts';
import { visitorOf } from '#lib/session/visitor.ts';

export async function POST(request: Request) {
  const settings = config();
  if (!isFromOwnOrigin(request.headers, settings.appUrl)) return refusal('cross_site_request');
  const { location, recorded } = await endSession(settings, await cookies(), visitorOf(request.headers));
  return seeOther(recorded ? location : '/sign-out/unrecorded', settings.appUrl);
}

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');

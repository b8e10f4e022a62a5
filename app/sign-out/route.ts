import { cookies } from 'next/headers';
import { config } from '#lib/config.ts';
import { isFromOwnOrigin } from '#lib/http/origin.ts';
import { refusal, seeOther } from '#lib/http/responses.ts';
import { endSession } from '#lib/session/end.ts';

export async function POST(request: Request) {
  const settings = config();
  if (!isFromOwnOrigin(request.headers, settings.appUrl)) return refusal('cross_site_request');
  return seeOther(await endSession(settings, await cookies()), settings.appUrl);
}

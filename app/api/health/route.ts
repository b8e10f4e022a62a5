import { otherMethods } from '#lib/http/methods.ts';
import { json } from '#lib/http/responses.ts';

export const dynamic = 'force-dynamic';

/** Live: this process answers. Nothing else is asked, so that nothing else can have it restarted. */
export const GET = () => json({ status: 'ok' });

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');

import { crossOriginHeaders } from '#lib/api/cross-origin.ts';
import { openApiDocument } from '#lib/api/openapi.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { json } from '#lib/http/responses.ts';

export const dynamic = 'force-dynamic';

export const GET = (request: Request) => json(openApiDocument(config()), 200, crossOriginHeaders(request));

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');

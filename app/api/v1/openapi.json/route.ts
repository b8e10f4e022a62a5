import { openApiDocument } from '#lib/api/openapi.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { json } from '#lib/http/responses.ts';

export const dynamic = 'force-dynamic';

export const GET = () => json(openApiDocument(config()));

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');

import { problem } from '#lib/http/responses.ts';

/** Where next.config.mjs rewrites whatever under /api is no route. */
const notFound = () => problem('not_found');

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };

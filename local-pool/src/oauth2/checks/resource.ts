import type { Refuse } from './refuse.ts';

/** A resource indicator: an absolute URL, http only on localhost, without fragment (RFC 8707 section 2). */
export function requireResource(query: URLSearchParams, refuse: Refuse): string | undefined {
  const resource = query.get('resource');
  if (!resource) return undefined;
  const url = URL.parse(resource);
  if (!url || resource.includes('#') || (url.protocol === 'http:' && url.hostname !== 'localhost'))
    throw refuse('invalid_request', 'resource must be an absolute URL without fragment');
  return resource;
}

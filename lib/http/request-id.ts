export const REQUEST_ID = 'x-request-id';

/**
 * The id that this application gave a request. What a sender writes there is overwritten before any of our code runs
 * (lib/http/mark-requests.ts).
 * @returns undefined for headers that did not come over the network
 */
export const requestIdOf = (headers: Pick<Headers, 'get'>): string | undefined =>
  headers.get(REQUEST_ID) ?? undefined;

/** A year, in seconds, as ASVS 3.4.1 asks for at the least. */
const MAX_AGE = 31_536_000;

/**
 * @returns HTTP Strict Transport Security (RFC 6797) where the application's own address is https, and nothing on a
 * plain http one, where browsers ignore it
 */
export const transportSecurity = (appUrl: URL): Record<string, string> =>
  appUrl.protocol === 'https:'
    ? { 'strict-transport-security': `max-age=${MAX_AGE}; includeSubDomains` }
    : {};

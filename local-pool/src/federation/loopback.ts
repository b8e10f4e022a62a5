import { federationError } from './federation-error.ts';

/** Whether an address is on this machine, where plain http gives nothing away. */
export function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
}

/**
 * An address out of a provider's details that the local pool will call or send a browser to.
 * @throws OAuthError unless it is https, or http on this machine.
 */
export function providerUrl(provider: { name: string }, setting: string, value: string): URL {
  const url = URL.parse(value);
  if (url && isAllowed(url)) return url;
  throw federationError(`${provider.name}: ${setting} must be an https address, or http on localhost`);
}

/** Whether {@link providerUrl} takes an address. */
export function isProviderUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && isAllowed(url);
}

function isAllowed(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

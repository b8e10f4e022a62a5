interface StoredCookie {
  name: string;
  value: string;
  host: string;
  path: string;
  secure: boolean;
  /** Milliseconds since the epoch; undefined for a cookie that lives as long as the browser. */
  expires: number | undefined;
}

const isTrustworthy = (url: URL): boolean => url.protocol === 'https:' || url.hostname === 'localhost';

function parse(line: string, url: URL): StoredCookie & { domain: string | undefined } {
  const [pair = '', ...parts] = line.split(';');
  const attributes = new Map(
    parts.map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
  const maxAge = attributes.get('max-age');
  const expires = attributes.get('expires');
  return {
    name: pair.slice(0, pair.indexOf('=')).trim(),
    value: pair.slice(pair.indexOf('=') + 1).trim(),
    host: url.hostname,
    path: attributes.get('path') ?? '/',
    secure: attributes.has('secure'),
    domain: attributes.get('domain'),
    expires: maxAge ? Date.now() + Number(maxAge) * 1_000 : expires ? Date.parse(expires) : undefined,
  };
}

/** Keeps cookies as browsers do (RFC 6265bis): by host, whatever the port, path and name. */
export class CookieJar {
  readonly #cookies = new Map<string, StoredCookie>();

  /** Takes the `Set-Cookie` lines of an answer; those that a browser would refuse are dropped. */
  receive(url: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const cookie = parse(line, url);
      const hostOnly = cookie.secure && cookie.path === '/' && cookie.domain === undefined;
      if (cookie.name.startsWith('__Host-') && !hostOnly) continue;
      if (cookie.secure && !isTrustworthy(url)) continue;
      const key = `${cookie.host};${cookie.path};${cookie.name}`;
      if (cookie.expires !== undefined && cookie.expires <= Date.now()) this.#cookies.delete(key);
      else this.#cookies.set(key, cookie);
    }
  }

  /** @returns the `Cookie` header for a request to `url`, empty when there is none */
  header(url: URL): string {
    const matching = [...this.#cookies.values()].filter(
      ({ host, path, secure, expires }) =>
        host === url.hostname &&
        (path === '/' || url.pathname === path || url.pathname.startsWith(`${path.replace(/\/$/, '')}/`)) &&
        (!secure || isTrustworthy(url)) &&
        (expires === undefined || expires > Date.now()),
    );
    return matching.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** @returns name and value of each cookie of a host */
  of(host: string): Record<string, string> {
    const own = [...this.#cookies.values()].filter((cookie) => cookie.host === host);
    return Object.fromEntries(own.map(({ name, value }) => [name, value]));
  }

  /** Puts cookies in by hand, as another program on the machine or a thief could. */
  plant(host: string, cookies: Record<string, string>): void {
    for (const [name, value] of Object.entries(cookies)) {
      this.#cookies.set(`${host};/;${name}`, {
        name,
        value,
        host,
        path: '/',
        secure: false,
        expires: undefined,
      });
    }
  }

  remove(name: string): void {
    for (const [key, cookie] of this.#cookies) if (cookie.name === name) this.#cookies.delete(key);
  }
}

import { type CookieJar, webCookies } from 'iron-session';

/** The cookies that one browser holds, sent and set through real headers. */
export interface BrowserCookies {
  readonly held: Map<string, string>;
  /** Runs one request; keeps what it sets. @returns the `Set-Cookie` headers */
  request(action: (cookies: CookieJar) => Promise<unknown>): Promise<string[]>;
}

export function browserCookies(held: Record<string, string> = {}): BrowserCookies {
  const store = new Map(Object.entries(held));

  function keep(header: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (/; *max-age=0\b/i.test(header)) store.delete(name);
    else store.set(name, decodeURIComponent(value));
  }

  return {
    held: store,
    async request(action) {
      const cookie = [...store].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
      const answer = new Headers();
      try {
        await action(webCookies(new Request('https://app.example.com/', { headers: { cookie } }), answer));
      } finally {
        answer.getSetCookie().forEach(keep);
      }
      return answer.getSetCookie();
    },
  };
}

import { CookieJar } from './cookie-jar.ts';
import { formWith } from './form.ts';

/** A response as a browser has it. */
export interface Visit {
  status: number;
  url: URL;
  text: string;
  /** Where it redirects to; the page's own address when it does not. */
  location: URL;
  setCookies: string[];
  headers: Headers;
}

/** A browser of cookies (by host and path) and forms, which follows a redirect only when it is told to. */
export interface JarBrowser {
  jar: CookieJar;
  get(address: string | URL): Promise<Visit>;
  post(address: string | URL, fields: Record<string, string>): Promise<Visit>;
  /** Posts the form of a page that has this field. */
  submit(page: Visit, field: string, typed: Record<string, string>): Promise<Visit>;
  /** Follows redirects for as long as they stay at the given origins. */
  follow(visit: Visit, ...origins: string[]): Promise<Visit>;
}

/** As browsers have it. */
const MOST_REDIRECTS = 20;

/** Also to the page's own address: a form may be answered with "see the page again". */
const isRedirect = ({ headers }: Visit): boolean => headers.has('location');

/** @param base what relative addresses are relative to */
export function openJarBrowser(base: string): JarBrowser {
  const jar = new CookieJar();

  async function send(address: string | URL, init: RequestInit): Promise<Visit> {
    const url = new URL(address, base);
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie: jar.header(url) } });
    const setCookies = response.headers.getSetCookie();
    jar.receive(url, setCookies);
    const location = new URL(response.headers.get('location') ?? url.href, url);
    const { status, headers } = response;
    return { status, headers, url, text: await response.text(), location, setCookies };
  }

  const get = (address: string | URL) => send(address, {});
  const post = (address: string | URL, fields: Record<string, string>) =>
    send(address, { method: 'POST', body: new URLSearchParams(fields) });
  return {
    jar,
    get,
    post,
    submit(page, field, typed) {
      const form = formWith(page, field);
      if (!form) throw new Error(`The page has no form with the field ${field}.`);
      return post(form.action, { ...form.hidden, ...typed });
    },
    async follow(visit, ...origins) {
      let current = visit;
      for (let steps = 0; isRedirect(current) && origins.includes(current.location.origin); steps += 1) {
        if (steps === MOST_REDIRECTS) throw new Error(`${current.url.href} redirects in a circle.`);
        current = await get(current.location);
      }
      return current;
    },
  };
}

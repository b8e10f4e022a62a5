import type { RunningApp } from './app.ts';
import { CookieJar } from './cookie-jar.ts';
import { type Form, formWith } from './form.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The address that answered. */
  url: URL;
  /** Where it redirects to, absolute; undefined when it does not. */
  location: URL | undefined;
}

export interface Visit {
  returnTo?: string;
  username?: string;
  password?: string;
}

type HeaderFields = Record<string, string>;

/** A browser without JavaScript: cookies and forms, and no redirect is followed unless asked. */
export interface Browser {
  jar: CookieJar;
  /** The application's cookies in this browser. */
  cookies(): Record<string, string>;
  get(address: string, headers?: HeaderFields): Promise<Answer>;
  /** The page as the router in a browser fetches it. */
  payload(address: string): Promise<Answer>;
  /** Posts as a form of the application's own page does, with its Origin. */
  post(address: string, fields?: HeaderFields, headers?: HeaderFields): Promise<Answer>;
  submit(form: Form, typed: HeaderFields): Promise<Answer>;
  follow(answer: Answer): Promise<Answer>;
  /** Posts the sign-in form, fills in the hosted page when one is shown, and goes on to the last page. */
  signIn(visit?: Visit): Promise<Answer>;
}

const MOST_REDIRECTS = 10;

/** @param jar of another browser, to reach a second instance of the application with the same cookies */
export function openBrowser(app: Pick<RunningApp, 'url' | 'address'>, jar = new CookieJar()): Browser {
  async function send(
    target: URL,
    method: string,
    headers: HeaderFields,
    body?: URLSearchParams,
  ): Promise<Answer> {
    // A test that plays the TLS proxy reaches https://… where the application really listens.
    const address =
      target.origin === app.url ? new URL(target.pathname + target.search, app.address) : target;
    const cookie = jar.header(target);
    const response = await fetch(address, {
      method,
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...headers },
      ...(body && { body }),
    });
    jar.receive(target, response.headers.getSetCookie());
    const location = response.headers.get('location');
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      url: target,
      location: location === null ? undefined : new URL(location, target),
    };
  }

  const browser: Browser = {
    jar,
    cookies: () => jar.of(new URL(app.url).hostname),
    get: (address, headers = {}) => send(new URL(address, app.url), 'GET', headers),
    async payload(address) {
      const headers = { rsc: '1' };
      const answer = await browser.get(address, headers);
      // Next.js first sends the router to an address of the payload's own, apart from the document's.
      const own = answer.status === 307 && answer.location?.searchParams.has('_rsc');
      return own && answer.location ? await browser.get(answer.location.href, headers) : answer;
    },
    post(address, fields = {}, headers = {}) {
      const target = new URL(address, app.url);
      return send(target, 'POST', { origin: target.origin, ...headers }, new URLSearchParams(fields));
    },
    submit: (form, typed) => browser.post(form.action.href, { ...form.hidden, ...typed }),
    async follow(answer) {
      let current = answer;
      for (let count = 0; current.location; count += 1) {
        if (count === MOST_REDIRECTS)
          throw new Error(`${MOST_REDIRECTS} redirects, the last to ${current.location.pathname}`);
        current = await browser.get(current.location.href);
      }
      return current;
    },
    async signIn({ returnTo = '/home', username = '', password = '' } = {}) {
      const started = await browser.post('/api/auth/signin/cognito', { returnTo });
      const page = await browser.follow(started);
      const form = formWith(page, 'password');
      return form ? await browser.follow(await browser.submit(form, { username, password })) : page;
    },
  };
  return browser;
}

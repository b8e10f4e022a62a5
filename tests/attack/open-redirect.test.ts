import { expect, it } from 'vitest';
import { signInPath } from '../../lib/access/sign-in-path.ts';
import { seeOther } from '../../lib/http/responses.ts';
import { returnPath } from '../../lib/http/return-to.ts';
import { openRedirects } from '../support/open-redirects.ts';

const origin = new URL('https://app.example.com');

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** As written, as a server hands it over that decodes once more, and as one that encodes. */
const payloads = [...new Set(openRedirects.flatMap((text) => [text, decoded(text), encodeURI(text)]))];

/** Where a browser on this origin goes. */
const destination = (location: string): string | undefined => URL.parse(location, origin)?.origin;

it('OF-10 the corpus has more than 1,000 payloads, and a check for a leading slash lets many of them out', () => {
  const naive = payloads.filter((text) => text.startsWith('/') && destination(text) !== origin.origin);
  expect(payloads.length).toBeGreaterThan(1_000);
  expect(naive.length).toBeGreaterThan(100);
});

it('OF-10 every payload ends on the own origin', () => {
  const out = payloads.filter((text) => destination(returnPath(text)) !== origin.origin);
  expect(out).toEqual([]);
});

it('OF-10 every payload ends on the own origin when something on the way decodes the answer once more', () => {
  const out = payloads.filter((text) => destination(decoded(returnPath(text))) !== origin.origin);
  expect(out).toEqual([]);
});

it('OF-10 every payload ends on the own origin when something on the way decodes and resolves the answer', () => {
  const resolved = (text: string) => new URL(decoded(returnPath(text)), origin);
  const out = payloads.filter((text) => destination(resolved(text).pathname) !== origin.origin);
  expect(out).toEqual([]);
});

it('OF-10 an answer is a plain path, and stays what it is when it is read again', () => {
  for (const answer of payloads.map((text) => returnPath(text))) {
    expect(answer).toMatch(/^\/(?!\/)[^\\\s]*$/);
    expect(returnPath(answer)).toBe(answer);
  }
});

it('OF-10 every payload in the address of the sign-in page stays data there', () => {
  for (const text of payloads) {
    const url = new URL(signInPath({ returnTo: text }), origin);
    expect([url.origin, url.pathname, [...url.searchParams.keys()]]).toEqual([
      origin.origin,
      '/sign-in',
      ['returnTo'],
    ]);
    expect(destination(url.searchParams.get('returnTo') ?? '')).toBe(origin.origin);
  }
});

it('OF-10 the redirect after a sign-in stays on the own origin for every payload', () => {
  for (const text of payloads) {
    const location = seeOther(returnPath(text), origin).headers.get('location');
    expect(new URL(location ?? '').origin).toBe(origin.origin);
  }
});

it.each([[undefined], [null], [7], [true], [{}], [['/home']], [['//attacker.example']], [Symbol('x')]])(
  'OF-10 something other than a text leads to the default page (%#)',
  (value) => {
    expect(returnPath(value)).toBe('/home');
  },
);

it('OF-10 a path of more than 2,048 characters leads to the default page', () => {
  expect(returnPath(`/${'a'.repeat(2_047)}`)).toHaveLength(2_048);
  expect(returnPath(`/${'a'.repeat(2_048)}`)).toBe('/home');
});

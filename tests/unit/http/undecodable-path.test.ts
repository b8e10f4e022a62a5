import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { decodableUrl } from '../../../lib/http/undecodable-path.ts';

test.each([
  ['/notes/%FF', '/notes/%25FF'],
  ['/notes/%', '/notes/%25'],
  ['/notes/%C3', '/notes/%25C3'],
  ['/notes/%ED%A0%80', '/notes/%25ED%25A0%2580'],
  ['/a%20b/%GG?x=%FF', '/a%2520b/%25GG?x=%FF'],
])('the percent signs of %s stand for themselves', (url, literal) => {
  expect(decodableUrl(url)).toBe(literal);
});

test.each(['/', '*', '/notes/%C3%A9', '/notes/%2e%2e/%2F', '/notes?x=%FF', '/notes?a=1?b=%', '/notes/%25FF'])(
  '%s is left as it is',
  (url) => {
    expect(decodableUrl(url)).toBe(url);
  },
);

it('leaves nothing that cannot be decoded, and changes nothing the second time', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('%', '%2', '%FF', '%C3%A9', '/', '%2F', '%00', '%F0%9F'),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const url = decodableUrl(`/${parts.join('').replaceAll('?', '')}`);
      expect(() => decodeURIComponent(url)).not.toThrow();
      expect(decodableUrl(url)).toBe(url);
    }),
  );
});

import { expect, it } from 'vitest';
import { isLoopback } from '../../../../local-pool/src/federation/loopback.ts';
import { claimText } from '../../../../local-pool/src/federation/oidc/claim-text.ts';
import { attributeText } from '../../../../local-pool/src/federation/saml/attribute-text.ts';

it.each([
  ['text', 'text'],
  ['', ''],
  [0, '0'],
  [false, 'false'],
  [['a', 1], '["a",1]'],
  [{ formatted: 'x' }, '{"formatted":"x"}'],
  [null, undefined],
  [undefined, undefined],
])('the claim %j becomes %j', (claim, text) => {
  expect(claimText(claim)).toBe(text);
});

it.each([
  ['one', 'one'],
  [['a', 'b c', 'd,e', '&]'], '[a,b+c,d%2Ce,%26%5D]'],
  [[], '[]'],
  [{ child: 'x' }, undefined],
  [undefined, undefined],
])('the assertion attribute %j becomes %j', (attribute, text) => {
  expect(attributeText(attribute)).toBe(text);
});

it.each([
  ['http://localhost:9229/x', true],
  ['http://127.0.0.1/', true],
  ['http://[::1]:8080/', true],
  ['http://idp.localhost/', true],
  ['http://localhost.example.com/', false],
  ['http://127.0.0.1.example.com/', false],
  ['http://127.0.0.2/', false],
])('%s is on this machine: %j', (address, expected) => {
  expect(isLoopback(new URL(address))).toBe(expected);
});

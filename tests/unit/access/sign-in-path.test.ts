import { expect, it } from 'vitest';
import { signInPath } from '../../../lib/access/sign-in-path.ts';

it('the page to return to travels as data', () => {
  expect(signInPath({ returnTo: '/admin?x=1&scope=all' })).toBe(
    '/sign-in?returnTo=%2Fadmin%3Fx%3D1%26scope%3Dall',
  );
});

it('the reason is added when there is one', () => {
  expect(signInPath({ returnTo: '/home', reason: 'recent' })).toBe('/sign-in?returnTo=%2Fhome&reason=recent');
});

it('a page elsewhere is replaced by the default one', () => {
  expect(signInPath({ returnTo: '//attacker.example' })).toBe('/sign-in?returnTo=%2Fhome');
});

import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { AccessTokenClaims } from '../../../lib/cognito/claims.ts';
import { enterRequest, outsideRequests } from '../../../lib/request-scope.ts';
import { alreadyVerified, keepVerified } from '../../../lib/session/verified-session.ts';
import { sessionOf } from '../../support/session-contents.ts';

const cookie = 'session-1=sealed; refresh-1=sealed';
const live = () => ({
  session: sessionOf('an.access.token', 1_800_000_000),
  access: { sub: 'somebody', exp: 1_800_003_600 } as AccessTokenClaims,
});

/** Does something as a request of its own does it. */
const inRequest = (work: () => void): void =>
  outsideRequests(() => {
    enterRequest(crypto.randomUUID(), "default-src 'none'");
    work();
  });

it('BS-14 what was verified for a request is known to whoever has the very same cookies, and only there', () => {
  inRequest(() => {
    const one = live();
    keepVerified(cookie, one);
    expect(alreadyVerified(cookie)).toEqual(one);
    for (const other of [`${cookie};`, cookie.toUpperCase(), cookie.slice(0, -1), '', null])
      expect(alreadyVerified(other)).toBeUndefined();
  });
  inRequest(() => expect(alreadyVerified(cookie)).toBeUndefined());
});

it('BS-14 where the middleware did not run, or runs outside this process, nothing is known', () => {
  inRequest(() => expect(alreadyVerified(cookie)).toBeUndefined());
  outsideRequests(() => {
    keepVerified(cookie, live());
    expect(alreadyVerified(cookie)).toBeUndefined();
  });
});

it('BS-14 a request that begins while another is answered has nothing of it', async () => {
  let resume = () => {};
  const paused = new Promise<void>((resolve) => {
    resume = resolve;
  });
  let seen: unknown;
  inRequest(() => {
    keepVerified(cookie, live());
    void paused.then(() => {
      seen = alreadyVerified(cookie)?.session.sessionId;
    });
  });
  inRequest(() => {
    expect(alreadyVerified(cookie)).toBeUndefined();
    resume();
  });
  await paused;
  expect(seen).toBe(live().session.sessionId);
});

it('nobody can change what was verified', () => {
  inRequest(() => {
    const one = live();
    keepVerified(cookie, one);
    const known = alreadyVerified(cookie);
    if (known) known.session.claims.sub = 'somebody else';
    expect(alreadyVerified(cookie)).toEqual(live());
  });
});

it('what was verified in a sandbox of its own is handed out as objects of this one', () => {
  inRequest(() => {
    const foreign = runInNewContext('JSON.parse(text)', { text: JSON.stringify(live()) });
    keepVerified(cookie, foreign);
    const known = alreadyVerified(cookie);
    expect(Object.getPrototypeOf(foreign.session)).not.toBe(Object.prototype);
    expect(Object.getPrototypeOf(known?.session)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(known?.session.claims)).toBe(Object.prototype);
  });
});

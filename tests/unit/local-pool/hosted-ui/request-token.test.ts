import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkRequestToken,
  issueRequestToken,
  readRequestToken,
} from '../../../../local-pool/src/hosted-ui/request-token.ts';

const key = randomBytes(32);

describe('request token', () => {
  it('a form that carries the cookie’s own value is taken, and says when its page was opened', () => {
    const token = issueRequestToken(key, undefined, 1000);
    expect(checkRequestToken(key, token, token)).toBe(1000);
  });

  it('two tabs of one browser are both good, each with its own time', () => {
    const first = issueRequestToken(key, undefined, 1000);
    const second = issueRequestToken(key, first, 2000);
    expect(checkRequestToken(key, second, first)).toBe(1000);
    expect(checkRequestToken(key, second, second)).toBe(2000);
  });

  it('LP-10 a token that was issued to another browser is refused', () => {
    const mine = issueRequestToken(key, undefined, 1000);
    const theirs = issueRequestToken(key, undefined, 1000);
    expect(checkRequestToken(key, mine, theirs)).toBeUndefined();
  });

  it('a missing cookie, a missing field and empty values are refused', () => {
    const token = issueRequestToken(key, undefined, 1000);
    expect(checkRequestToken(key, undefined, token)).toBeUndefined();
    expect(checkRequestToken(key, token, undefined)).toBeUndefined();
    expect(checkRequestToken(key, '', '')).toBeUndefined();
    expect(checkRequestToken(key, 'planted', 'planted')).toBeUndefined();
  });

  it('a later time, a lengthened signature and the key of another start are refused', () => {
    const token = issueRequestToken(key, undefined, 1000);
    const [browser, , mac] = token.split('.');
    expect(readRequestToken(key, `${browser}.9999999.${mac}`)).toBeUndefined();
    expect(readRequestToken(key, `${token}AAAA`)).toBeUndefined();
    expect(readRequestToken(randomBytes(32), token)).toBeUndefined();
  });

  it('a browser with a value that is not ours gets a fresh random part', () => {
    const token = issueRequestToken(key, 'planted.1000.mac', 1000);
    expect(token).not.toContain('planted');
  });
});

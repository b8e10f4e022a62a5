import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  openPageData,
  pageDataLifetime,
  sealPageData,
} from '../../../../local-pool/src/hosted-ui/page-data.ts';
import { issueRequestToken } from '../../../../local-pool/src/hosted-ui/request-token.ts';

const key = randomBytes(32);
const data = { username: 'ada@example.com', provenSub: 'sub-1', destination: 'a***@e***' };

describe('page data', () => {
  it('comes back as it was sealed, until its lifetime ends', () => {
    const value = sealPageData(key, 'pool-1', data, 0);
    expect(openPageData(key, 'pool-1', value, pageDataLifetime * 1000 - 1)).toEqual(data);
    expect(openPageData(key, 'pool-1', value, pageDataLifetime * 1000)).toBeUndefined();
  });

  it('is refused for another pool, under another key, altered, or absent', () => {
    const value = sealPageData(key, 'pool-1', data, 0);
    const [, mac] = value.split('.');
    const forged = Buffer.from(JSON.stringify({ ...data, provenSub: 'sub-2', expiresAt: 9e15 })).toString(
      'base64url',
    );
    expect(openPageData(key, 'pool-2', value, 0)).toBeUndefined();
    expect(openPageData(randomBytes(32), 'pool-1', value, 0)).toBeUndefined();
    expect(openPageData(key, 'pool-1', `${forged}.${mac}`, 0)).toBeUndefined();
    expect(openPageData(key, 'pool-1', undefined, 0)).toBeUndefined();
  });

  it('is not mistaken for a request token, which the same key signs', () => {
    expect(openPageData(key, 'pool-1', issueRequestToken(key, undefined, 0), 0)).toBeUndefined();
  });
});

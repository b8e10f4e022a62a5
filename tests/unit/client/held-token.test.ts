import { expect, it } from 'vitest';
import { heldToken } from '../../../lib/client/held-token.ts';

const jwt = (payload: object): string =>
  ['{"alg":"RS256"}', JSON.stringify(payload), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

it('a token lives from when it was asked for, whatever its own clock says', () => {
  const askedAt = 1_000_000;
  for (const iat of [0, 1_795_000_000, 4_000_000_000]) {
    const token = jwt({ iat, exp: iat + 3_600 });
    expect(heldToken(token, askedAt)).toEqual({
      token,
      dueAt: askedAt + 2_700_000,
      expiresAt: askedAt + 3_600_000,
    });
  }
});

it.each(['', 'opaque-token', 'a.b.c', jwt({ exp: 1 }), jwt({ iat: '0', exp: '1' })])(
  'what is no JWT with times is an error that does not quote it: %j',
  (token) => {
    const attempt = () => heldToken(token, 0);
    expect(attempt).toThrow(expect.objectContaining({ code: 'user_pool_unavailable' }));
    if (token) expect(attempt).not.toThrow(token);
  },
);

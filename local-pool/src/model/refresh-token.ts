import type { StoreContext } from '../store/database.ts';
import { findRefreshToken, issueRefreshToken, markRotated } from '../store/refresh-tokens.ts';
import { findTokenFamily, revokeTokenFamily, type TokenFamily } from '../store/token-families.ts';
import { findUser } from '../store/users.ts';
import type { AppClient } from './app-client.ts';
import type { User } from './user.ts';

export type RefreshRefusal = 'unknown' | 'expired' | 'revoked' | 'reused' | 'user-disabled';

export type RefreshJudgement =
  | { kind: 'good'; family: TokenFamily; user: User }
  | { kind: 'refused'; reason: RefreshRefusal };

/**
 * Whether a client may refresh with a token now. A rotated token is good again within the grace period; after it, its
 * use means that two parties hold the family, which is therefore revoked (RFC 9700 section 4.14.2).
 */
export function judgeRefreshToken(context: StoreContext, client: AppClient, token: string): RefreshJudgement {
  const stored = findRefreshToken(context, token);
  const family = stored && findTokenFamily(context, stored.originJti);
  if (!stored || !family || family.clientId !== client.clientId) return refused('unknown');
  const now = context.clock.now();
  if (family.revoked) return refused('revoked');
  if (family.expiresAt <= now) return refused('expired');
  const graceMs = client.refreshTokenRotation.graceSeconds * 1000;
  if (stored.rotatedAt !== undefined && now >= stored.rotatedAt + graceMs) {
    revokeTokenFamily(context, family.originJti);
    return refused('reused');
  }
  const user = findUser(context, family.userPoolId, family.sub);
  return user?.enabled ? { kind: 'good', family, user } : refused('user-disabled');
}

/** Whose token it is, if it is one of this client, whatever has become of it. */
export function holderOfRefreshToken(
  context: StoreContext,
  { clientId }: Pick<AppClient, 'clientId'>,
  token: string,
): User | undefined {
  const stored = findRefreshToken(context, token);
  const family = stored && findTokenFamily(context, stored.originJti);
  return family?.clientId === clientId ? findUser(context, family.userPoolId, family.sub) : undefined;
}

export type Redemption =
  | { kind: 'redeemed'; successor?: string }
  | { kind: 'refused'; reason: RefreshRefusal };

/**
 * Spends a refresh token: with rotation on, atomically marks it and gives its successor, which inherits the family's
 * expiry (Cognito: Refresh token rotation).
 */
export function redeemRefreshToken(context: StoreContext, client: AppClient, token: string): Redemption {
  return context.store.transaction(() => {
    const judgement = judgeRefreshToken(context, client, token);
    if (judgement.kind === 'refused') return judgement;
    if (!client.refreshTokenRotation.enabled) return { kind: 'redeemed' };
    markRotated(context, token);
    return { kind: 'redeemed', successor: issueRefreshToken(context, judgement.family.originJti) };
  });
}

function refused(reason: RefreshRefusal): { kind: 'refused'; reason: RefreshRefusal } {
  return { kind: 'refused', reason };
}

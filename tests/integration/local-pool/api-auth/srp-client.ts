import { createSrpSession, signSrpSession } from 'cognito-srp-helper';

/** The client's side of an SRP exchange, computed by cognito-srp-helper. */
export function startSrp(username: string, password: string, userPoolId: string) {
  const exchange = createSrpSession(username, password, userPoolId, false);
  return {
    SRP_A: exchange.largeA,
    /** What answers PASSWORD_VERIFIER. */
    prove({ ChallengeParameters = {} }: { ChallengeParameters?: Record<string, string> | undefined }) {
      const signed = signSrpSession(exchange, { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters });
      return {
        PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
        PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
        TIMESTAMP: signed.timestamp,
      };
    },
  };
}

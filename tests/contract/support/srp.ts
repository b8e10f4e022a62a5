import type { InitiateAuthCommandOutput } from '@aws-sdk/client-cognito-identity-provider';
import {
  createSecretHash,
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { type ContractClient, password, required, type Stage } from './stage.ts';

type Parameters = Record<string, string>;

/** SECRET_HASH of a client that has a secret. */
export function secretHashOf({ ClientId, ClientSecret }: ContractClient, username: string): Parameters {
  return ClientSecret ? { SECRET_HASH: createSecretHash(username, ClientId, ClientSecret) } : {};
}

/** The first half of USER_SRP_AUTH, by AWS SDK and cognito-srp-helper. */
export async function beginSrp(
  { api }: Stage,
  people: ContractClient,
  username: string,
  { chosen = password, parameters = {} }: { chosen?: string; parameters?: Parameters } = {},
) {
  const session = createSrpSession(username, chosen, people.UserPoolId, false);
  const begun = await api.initiateAuth(
    wrapInitiateAuth(session, {
      ClientId: people.ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: username, ...secretHashOf(people, username), ...parameters },
    }),
  );
  return { session, begun };
}

/** The second half: the answer to PASSWORD_VERIFIER. */
export function finishSrp(
  { api }: Stage,
  people: ContractClient,
  { session, begun }: { session: ReturnType<typeof createSrpSession>; begun: InitiateAuthCommandOutput },
  parameters: Parameters = {},
) {
  const USERNAME = required(begun.ChallengeParameters?.USER_ID_FOR_SRP);
  return api.respondToAuthChallenge(
    wrapAuthChallenge(signSrpSession(session, begun), {
      ClientId: people.ClientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ...(begun.Session && { Session: begun.Session }),
      ChallengeResponses: { USERNAME, ...secretHashOf(people, USERNAME), ...parameters },
    }),
  );
}

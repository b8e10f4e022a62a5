import type {
  InitiateAuthCommandInput,
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandInput,
  RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  createSecretHash,
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { type ContractClient, password, required, type Stage } from './stage.ts';

type Parameters = Record<string, string>;
type SrpSession = ReturnType<typeof createSrpSession>;
type Asked = Pick<InitiateAuthCommandOutput, 'ChallengeName' | 'ChallengeParameters' | 'Session'>;

export interface BegunSrp {
  session: SrpSession;
  begun: Asked;
}

/** SECRET_HASH of a client that has a secret. */
export function secretHashOf({ ClientId, ClientSecret }: ContractClient, username: string): Parameters {
  return ClientSecret ? { SECRET_HASH: createSecretHash(username, ClientId, ClientSecret) } : {};
}

/** The client's side of an exchange: its key pair, and what it will prove. */
export const newSrpSession = (
  { UserPoolId }: ContractClient,
  username: string,
  chosen = password,
): SrpSession => createSrpSession(username, chosen, UserPoolId, false);

/** A first call with SRP_A in it. */
export function initiateWithSrp(
  { api }: Stage,
  session: SrpSession,
  input: Required<Pick<InitiateAuthCommandInput, 'AuthFlow' | 'AuthParameters' | 'ClientId'>>,
): Promise<InitiateAuthCommandOutput> {
  const request: InitiateAuthCommandInput = wrapInitiateAuth(session, {
    ClientId: required(input.ClientId),
    AuthFlow: required(input.AuthFlow),
    AuthParameters: required(input.AuthParameters),
  });
  return api.initiateAuth(request);
}

/** The first half of USER_SRP_AUTH. */
export async function beginSrp(
  stage: Stage,
  people: ContractClient,
  username: string,
  { chosen = password, parameters = {} }: { chosen?: string; parameters?: Parameters } = {},
): Promise<BegunSrp> {
  const session = newSrpSession(people, username, chosen);
  const begun = await initiateWithSrp(stage, session, {
    ClientId: people.ClientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: username, ...secretHashOf(people, username), ...parameters },
  });
  return { session, begun };
}

/** The second half: the answer to PASSWORD_VERIFIER. */
export function finishSrp(
  { api }: Stage,
  people: ContractClient,
  { session, begun }: BegunSrp,
  parameters: Parameters = {},
): Promise<RespondToAuthChallengeCommandOutput> {
  const ChallengeParameters = required(begun.ChallengeParameters);
  const USERNAME = required(ChallengeParameters.USER_ID_FOR_SRP);
  const request: RespondToAuthChallengeCommandInput = wrapAuthChallenge(
    signSrpSession(session, { ChallengeParameters }),
    {
      ClientId: people.ClientId,
      ChallengeName: 'PASSWORD_VERIFIER' as const,
      ...(begun.Session && { Session: begun.Session }),
      ChallengeResponses: { USERNAME, ...secretHashOf(people, USERNAME), ...parameters },
    },
  );
  return api.respondToAuthChallenge(request);
}

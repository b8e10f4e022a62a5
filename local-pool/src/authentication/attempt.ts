import type { ChallengeResult } from '../lambda/custom-auth.ts';
import type { TokenTriggerSource } from '../lambda/pre-token-generation.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { AuthenticationMethod } from '../model/authentication-methods.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';

/** One call of a sign-in, through the API or a hosted page: at which client, by which door, with what given along. */
export interface Attempt {
  pool: LocalPool;
  userPool: UserPool;
  client: AppClient;
  /** Whether an administrator's signature stands behind the call (AdminInitiateAuth and its twin). */
  admin: boolean;
  /** What InitiateAuth gave as ClientMetadata: it reaches other triggers than that of an answer (Cognito: ClientMetadata). */
  validationData: Record<string, string>;
  /** What RespondToAuthChallenge gave as ClientMetadata. */
  clientMetadata: Record<string, string>;
  /** The caller's address. */
  ip: string;
}

/** What a sign-in carries from one challenge to the next. */
export interface Progress {
  /** As it was typed at the start. */
  username: string;
  tokenSource: Extract<
    TokenTriggerSource,
    | 'TokenGeneration_Authentication'
    | 'TokenGeneration_NewPasswordChallenge'
    | 'TokenGeneration_AuthenticateDevice'
  >;
  /** How the person has proven who they are so far. */
  methods?: AuthenticationMethod[];
  /** What the password was that has been proven, as a digest: with another one the sign-in does not go on. */
  provenPassword?: string;
  /** The device that the client says it is (DEVICE_KEY). */
  deviceKey?: string;
  /** What a custom authentication has seen so far; present = its triggers decide what follows. */
  customResults?: ChallengeResult[];
  /** The public key that a custom authentication began with (`CHALLENGE_NAME=SRP_A`). */
  srpA?: string;
  /** Begun by USER_AUTH, whose password exchange has a session like any other challenge. */
  choiceBased?: true;
  /** Nothing but the device is left to prove: by custom authentication, or a passkey that counts as both factors. */
  needsNoMfa?: true;
}

export type ChallengeName =
  | 'ADMIN_NO_SRP_AUTH'
  | 'PASSWORD'
  | 'PASSWORD_SRP'
  | 'PASSWORD_VERIFIER'
  | 'SELECT_CHALLENGE'
  | 'EMAIL_OTP'
  | 'SMS_OTP'
  | 'SMS_MFA'
  | 'SOFTWARE_TOKEN_MFA'
  | 'SELECT_MFA_TYPE'
  | 'MFA_SETUP'
  | 'NEW_PASSWORD_REQUIRED'
  | 'CUSTOM_CHALLENGE'
  | 'WEB_AUTHN'
  | 'DEVICE_SRP_AUTH'
  | 'DEVICE_PASSWORD_VERIFIER';

/** A question that must be answered before the sign-in goes on. */
export interface Challenge {
  kind: 'challenge';
  name: ChallengeName;
  /** Absent where a secret block stands for it (Cognito: USER_SRP_AUTH). */
  session?: string;
  parameters: Record<string, string>;
  /** What a choice-based sign-in offers. */
  available?: string[];
}

/** The end of a sign-in: a person who has proven all that the pool wants. */
export interface SignedIn {
  kind: 'signed-in';
  user: User;
  progress: Progress;
}

/** What follows: another question, or the end. */
export type Step = Challenge | SignedIn;

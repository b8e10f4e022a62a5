import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { type ContractClient, password, type Stage } from './stage.ts';

/** How amazon-cognito-identity-js reports the end of a step of a sign-in. */
export type Outcome =
  | { kind: 'signed in'; session: CognitoUserSession; confirmDevice: boolean }
  | { kind: 'new password'; attributes: Record<string, string>; required: string[] }
  | { kind: 'mfa setup' }
  | { kind: 'mfa choice' }
  | { kind: 'totp' }
  | { kind: 'custom challenge'; parameters: Record<string, string> };

/** Its callbacks as a promise. */
export function outcomeOf(run: (callbacks: Callbacks) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    run({
      onSuccess: (session, confirmDevice = false) => resolve({ kind: 'signed in', session, confirmDevice }),
      onFailure: reject,
      newPasswordRequired: (attributes, required) => resolve({ kind: 'new password', attributes, required }),
      mfaSetup: () => resolve({ kind: 'mfa setup' }),
      selectMFAType: () => resolve({ kind: 'mfa choice' }),
      totpRequired: () => resolve({ kind: 'totp' }),
      customChallenge: (parameters) => resolve({ kind: 'custom challenge', parameters }),
    });
  });
}

interface Callbacks {
  onSuccess(session: CognitoUserSession, confirmDevice?: boolean): void;
  onFailure(error: Error): void;
  newPasswordRequired(attributes: Record<string, string>, required: string[]): void;
  mfaSetup(): void;
  selectMFAType(): void;
  totpRequired(): void;
  customChallenge(parameters: Record<string, string>): void;
}

/** A callback of `(error, result)` as a promise. */
export function resultOf<T>(
  run: (callback: (error?: Error | null, result?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    run((error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** Callbacks of success and failure as a promise. */
export function successOf<T>(
  run: (callbacks: { onSuccess(result: T): void; onFailure(error: Error): void }) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    run({ onSuccess: resolve, onFailure: reject });
  });
}

/** One browser: its storage, in which the library keeps tokens and devices. */
export function openStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

/** A user of a pool, as the library has it. */
export function cognitoUser(
  stage: Stage,
  { UserPoolId, ClientId }: ContractClient,
  Username: string,
  Storage = openStorage(),
) {
  const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint: `${stage.userPoolEndpoint}/`, Storage });
  const user = new CognitoUser({ Username, Pool, Storage });
  const signIn = (Password = password) =>
    outcomeOf((callbacks) =>
      user.authenticateUser(new AuthenticationDetails({ Username, Password }), callbacks),
    );
  return { Pool, user, signIn };
}

/** A sign-in that meets no challenge. */
export async function signedInUser(
  stage: Stage,
  people: ContractClient,
  username: string,
  storage = openStorage(),
) {
  const { user, signIn } = cognitoUser(stage, people, username, storage);
  const outcome = await signIn();
  if (outcome.kind !== 'signed in') throw new Error(`The sign-in met ${outcome.kind}.`);
  return { user, ...outcome };
}

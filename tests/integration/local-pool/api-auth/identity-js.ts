import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import type { TestPool } from './auth-api.ts';

export interface IdentityJsResult {
  user: CognitoUser;
  session?: CognitoUserSession;
  newPasswordRequired?: string[];
}

/** Signs in with amazon-cognito-identity-js, up to what it asks. */
export function signInWithIdentityJs(
  endpoint: string,
  { UserPoolId, ClientId }: TestPool,
  Username: string,
  Password: string,
): Promise<IdentityJsResult> {
  const userPool = new CognitoUserPool({ UserPoolId, ClientId, endpoint, Storage: memory() });
  const user = new CognitoUser({ Username, Pool: userPool, Storage: memory() });
  return new Promise((resolve, reject) =>
    user.authenticateUser(new AuthenticationDetails({ Username, Password }), {
      onSuccess: (session) => resolve({ user, session }),
      onFailure: reject,
      newPasswordRequired: (_attributes, required: string[]) =>
        resolve({ user, newPasswordRequired: required }),
    }),
  );
}

function memory() {
  const items = new Map<string, string>();
  return {
    setItem: (name: string, value: string) => void items.set(name, value),
    getItem: (name: string) => items.get(name) ?? null,
    removeItem: (name: string) => void items.delete(name),
    clear: () => items.clear(),
  };
}

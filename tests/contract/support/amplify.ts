import { Amplify } from 'aws-amplify';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import type { ContractClient, Stage } from './stage.ts';

/** Configures Amplify for a user pool, in a browser that has kept nothing. */
export function configureAmplify(
  stage: Stage,
  { UserPoolId, ClientId }: ContractClient,
  identityPoolId?: string,
): void {
  const kept = new Map<string, string>();
  const storage = {
    getItem: async (key: string) => kept.get(key) ?? null,
    setItem: async (key: string, value: string) => void kept.set(key, value),
    removeItem: async (key: string) => void kept.delete(key),
    clear: async () => kept.clear(),
  };
  const userPool = {
    userPoolId: UserPoolId,
    userPoolClientId: ClientId,
    userPoolEndpoint: stage.userPoolEndpoint,
  };
  const identityPool = identityPoolId && {
    identityPoolId,
    identityPoolEndpoint: stage.identityPoolEndpoint,
    allowGuestAccess: true,
  };
  Amplify.configure({ Auth: { Cognito: identityPool ? { ...userPool, ...identityPool } : userPool } });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storage);
}

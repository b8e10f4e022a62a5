/** The parts of a V2_0 event that this function reads and writes (Cognito: pre token generation Lambda trigger). */
interface PreTokenGenerationEvent {
  request: { userAttributes: Record<string, string>; scopes?: string[] };
  response: Record<string, unknown>;
}

/** What the API needs to know of a person: bearer requests bring an access token only, and attributes are in ID tokens. */
const copied = ['custom:plan', 'custom:tenant', 'name'];

/** All that a sign-in by SDK is given, because only the hosted UI knows of scopes. */
const ownAccount = 'aws.cognito.signin.user.admin';

/** What those sign-ins may do besides (docs/decisions/014-scopes-for-sign-ins-by-sdk.md). */
const forSignInsBySdk = ['openid', 'notes/read', 'notes/write'];

/**
 * Copies the plan, the tenant and the name of a person into their access token, and gives the token of a sign-in by SDK the
 * scopes that one through the hosted UI asks for.
 */
export async function handler(event: PreTokenGenerationEvent): Promise<PreTokenGenerationEvent> {
  const { userAttributes, scopes = [] } = event.request;
  const present = copied.filter((name) => userAttributes[name]);
  const claimsToAddOrOverride = Object.fromEntries(present.map((name) => [name, userAttributes[name]]));
  const bySdk = scopes.length === 1 && scopes[0] === ownAccount;
  const scopesToAdd = bySdk ? forSignInsBySdk : [];
  event.response = {
    claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride, scopesToAdd } },
  };
  return event;
}

/** The parts of a V2_0 event that this function reads and writes (Cognito: pre token generation Lambda trigger). */
interface PreTokenGenerationEvent {
  request: { userAttributes: Record<string, string> };
  response: Record<string, unknown>;
}

/** What the API gates on: bearer requests bring an access token only, and custom attributes are in ID tokens alone. */
const copied = ['custom:plan', 'custom:tenant'];

/** Copies the plan and the tenant of a person into their access token. */
export async function handler(event: PreTokenGenerationEvent): Promise<PreTokenGenerationEvent> {
  const { userAttributes } = event.request;
  const present = copied.filter((name) => userAttributes[name]);
  const claimsToAddOrOverride = Object.fromEntries(present.map((name) => [name, userAttributes[name]]));
  event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride } } };
  return event;
}

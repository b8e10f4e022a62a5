import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

const base64url = z
  .string()
  .max(65_536)
  .regex(/^[\w-]+$/);
const attachment = z.enum(['platform', 'cross-platform']).optional().catch(undefined);

/** What every answer of an authenticator has (WebAuthn section 5.1.8.2). */
const common = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
};

const registrationResponse = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(64)).max(16).optional(),
  }),
});

const authenticationResponse = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional().catch(undefined),
  }),
});

/** What `navigator.credentials.create` gave, as JSON; undefined when it is something else. */
export function readRegistrationResponse(value: unknown): RegistrationResponseJSON | undefined {
  const { data } = registrationResponse.safeParse(value);
  return data && ({ ...data, clientExtensionResults: {} } as RegistrationResponseJSON);
}

/** What `navigator.credentials.get` gave. @param json text; undefined when it is something else */
export function readAuthenticationResponse(json: string): AuthenticationResponseJSON | undefined {
  try {
    const { data } = authenticationResponse.safeParse(JSON.parse(json));
    return data && ({ ...data, clientExtensionResults: {} } as AuthenticationResponseJSON);
  } catch {
    return undefined;
  }
}

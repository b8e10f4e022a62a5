import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
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

/**
 * Whether an attestation is of the kind that a browser passes on when none was asked for: without certificates
 * (WebAuthn section 5.1.3, step 22). Others are not even read, because their certificates name addresses to be fetched.
 * @param encoded base64url
 */
export function hasNoCertificates(encoded: string): boolean {
  try {
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(encoded));
    const format = attestation.get('fmt');
    return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}

import { z } from 'zod';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from './user-pool.ts';

/** Whether people may register passkeys: as a first factor, or as both factors in one (Cognito: passkeys). */
export function allowsPasskeys({ firstFactors, webAuthn, mfaConfiguration }: UserPool): boolean {
  return firstFactors.includes('WEB_AUTHN') || (webAuthn.multiFactor && mfaConfiguration !== 'OFF');
}

/**
 * Whom passkeys are made for: the configured relying party, else the host of the hosted pages (WebAuthn section 4, "RP ID").
 * @throws CognitoError WebAuthnConfigurationMissingException without either
 */
export function relyingPartyIdOf({ baseUrl }: LocalPool, { webAuthn, domain }: UserPool): string {
  if (webAuthn.relyingPartyId !== undefined) return webAuthn.relyingPartyId;
  if (domain) return new URL(baseUrl).hostname;
  throw new CognitoError(
    'WebAuthnConfigurationMissingException',
    'The user pool has neither a relying party ID nor a domain.',
  );
}

/** Whether pages of an origin may use a relying party's passkeys: those of its host and below it (WebAuthn section 5.1.3, step 8). */
export function isOriginOf(relyingPartyId: string, origin: string): boolean {
  const url = URL.parse(origin);
  if (!url || url.origin !== origin || !/^https?:$/.test(url.protocol)) return false;
  return url.hostname === relyingPartyId || url.hostname.endsWith(`.${relyingPartyId}`);
}

const clientData = z.object({ type: z.string(), challenge: z.string(), origin: z.string() });
export type ClientData = z.infer<typeof clientData>;

/** What a browser says it signed (WebAuthn section 5.8.1); undefined when it is none. @param encoded base64url */
export function readClientData(encoded: string): ClientData | undefined {
  try {
    return clientData.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

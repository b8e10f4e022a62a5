import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { StoreContext } from '../../store/database.ts';
import { findSamlKey, insertSamlKey, type SamlKey } from '../../store/saml-keys.ts';
import { selfSignedCertificate } from './certificate.ts';

/** Milliseconds: ten years (Cognito: signing SAML requests). */
const VALIDITY_MS = 10 * 365 * 24 * 60 * 60 * 1000;

/** The key with which a user pool signs SAML requests and opens encrypted responses, made when it is first needed. */
export async function samlSigningKey(context: StoreContext, userPoolId: string): Promise<SamlKey> {
  const known = findSamlKey(context, userPoolId);
  if (known) return known;
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const now = context.clock.now();
  const certificate = selfSignedCertificate(userPoolId, privateKey, { from: now, until: now + VALIDITY_MS });
  return insertSamlKey(context, userPoolId, { privateKey, certificate });
}

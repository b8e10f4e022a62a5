import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { fromList, page } from '../model/page.ts';
import { listWebAuthnCredentials, type WebAuthnCredential } from '../store/web-authn-credentials.ts';
import { requireAccessToken } from './authorisation.ts';
import { PaginationKey, TokenModelType, WebAuthnCredentialsQueryLimitType } from './shapes.ts';
import { timestamp } from './user-type.ts';

const idOf = ({ credentialId }: WebAuthnCredential): string => credentialId;

/** The user's own passkeys (Cognito: ListWebAuthnCredentials). */
export const operation = publicOperation(
  z.object({
    AccessToken: TokenModelType,
    NextToken: PaginationKey.optional(),
    MaxResults: WebAuthnCredentialsQueryLimitType.optional(),
  }),
  async (pool, { AccessToken, NextToken, MaxResults }) => {
    const { userPool, user } = await requireAccessToken(pool, AccessToken);
    const all = listWebAuthnCredentials(pool, userPool.id, user.sub);
    const request = { limit: MaxResults, most: 20, token: NextToken };
    const { items, nextToken } = page(fromList(all, idOf), idOf, request);
    return { Credentials: items.map(description), NextToken: nextToken };
  },
);

/** API reference: WebAuthnCredentialDescription. */
function description(credential: WebAuthnCredential) {
  const { credentialId, friendlyName, relyingPartyId, attachment, transports, createdAt } = credential;
  return {
    CredentialId: credentialId,
    FriendlyCredentialName: friendlyName,
    RelyingPartyId: relyingPartyId,
    ...(attachment !== undefined && { AuthenticatorAttachment: attachment }),
    AuthenticatorTransports: transports,
    CreatedAt: timestamp(createdAt),
  };
}

import type { User } from './user.ts';

/** The attribute `identities` as one JSON string; nothing for a user whom no provider signs in (Cognito: linking users). */
export function identitiesAttribute({ details }: User): { identities?: string } {
  const { identities } = details;
  return identities && identities.length > 0 ? { identities: JSON.stringify(identities) } : {};
}

/** The claim `identities` of an ID token, in which every value is a string (Cognito: Understanding the ID token). */
export function identitiesClaim({ details }: User): Record<string, string | null>[] | undefined {
  const { identities } = details;
  if (!identities || identities.length === 0) return undefined;
  return identities.map(({ dateCreated, userId, providerName, providerType, issuer, primary }) => ({
    dateCreated: String(dateCreated),
    userId,
    providerName,
    providerType,
    issuer,
    primary: String(primary),
  }));
}

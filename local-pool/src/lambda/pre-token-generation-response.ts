import { unrecognizableOutput } from './unrecognizable-output.ts';

export interface ClaimOverride {
  add: Record<string, unknown>;
  suppress: string[];
  scopesToAdd: string[];
  scopesToSuppress: string[];
}

export interface GroupOverride {
  groups: string[];
  roles: string[];
  preferredRole?: string;
}

/** What the pre token generation trigger wants changed. */
export interface TokenOverrides {
  id: ClaimOverride;
  access: ClaimOverride;
  /** Absent = the user's own groups stay. */
  groups?: GroupOverride;
}

/** Claims and scopes together (Cognito: Pre token generation trigger). */
const MOST_CHANGES = 5000;
/** Claims of the ID token that may not become nested JSON. */
const FLAT_ONLY = ['phone_number_verified', 'email_verified', 'updated_at', 'address'];

/**
 * Reads a trigger's `response`. Absent or null details mean no change.
 * @throws CognitoError InvalidLambdaResponseException.
 */
export function readOverrides(
  version: 'V1_0' | 'V2_0' | 'V3_0',
  response: Record<string, unknown>,
): TokenOverrides | undefined {
  const details = optionalRecord(
    version === 'V1_0' ? response.claimsOverrideDetails : response.claimsAndScopeOverrideDetails,
  );
  if (!details) return undefined;
  const id = readClaims(version === 'V1_0' ? details : optionalRecord(details.idTokenGeneration));
  const access = readClaims(version === 'V1_0' ? undefined : optionalRecord(details.accessTokenGeneration));
  if (version === 'V1_0' && Object.values(id.add).some((value) => typeof value !== 'string'))
    throw unrecognizableOutput();
  if (FLAT_ONLY.some((name) => typeof id.add[name] === 'object')) throw unrecognizableOutput();
  if (changesIn(id) + changesIn(access) > MOST_CHANGES) throw unrecognizableOutput();

  const groups = optionalRecord(details.groupOverrideDetails);
  return { id, access, ...(groups && { groups: readGroups(groups) }) };
}

function readClaims(part: Record<string, unknown> | undefined): ClaimOverride {
  return {
    add: optionalRecord(part?.claimsToAddOrOverride) ?? {},
    suppress: stringList(part?.claimsToSuppress),
    scopesToAdd: stringList(part?.scopesToAdd).filter((scope) => scope !== '' && !/\s/.test(scope)),
    scopesToSuppress: stringList(part?.scopesToSuppress),
  };
}

function readGroups(part: Record<string, unknown>): GroupOverride {
  const { preferredRole } = part;
  return {
    groups: stringList(part.groupsToOverride),
    roles: stringList(part.iamRolesToOverride),
    ...(typeof preferredRole === 'string' && preferredRole !== '' && { preferredRole }),
  };
}

function changesIn({ add, suppress, scopesToAdd, scopesToSuppress }: ClaimOverride): number {
  return Object.keys(add).length + suppress.length + scopesToAdd.length + scopesToSuppress.length;
}

function optionalRecord(value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw unrecognizableOutput();
  return value as Record<string, unknown>;
}

function stringList(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) throw unrecognizableOutput();
  return value as string[];
}

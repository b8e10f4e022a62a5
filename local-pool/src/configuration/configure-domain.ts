import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { listUserPoolDocuments } from '../store/user-pools.ts';
import { changeUserPool, requireUserPoolDocument } from './find-document.ts';
import type { UserPoolDocument, UserPoolDomainDocument } from './user-pool-document.ts';

const RESERVED = ['aws', 'amazon', 'cognito'];

/** The user pool that has a domain; names are unique over all pools. */
export function findByDomain(pool: LocalPool, name: string): UserPoolDocument | undefined {
  return listUserPoolDocuments(pool).find(({ document }) =>
    document.domains.some((domain) => domain.name === name),
  )?.document;
}

/**
 * Gives a user pool a domain: at most one prefix and one of its own.
 * @throws CognitoError InvalidParameterException, ResourceNotFoundException (Cognito: CreateUserPoolDomain)
 */
export function createDomain(pool: LocalPool, userPoolId: string, domain: UserPoolDomainDocument): void {
  const { domains } = requireUserPoolDocument(pool, userPoolId).document;
  const isCustom = domain.certificateArn !== undefined;
  if (!isCustom && domain.name.includes('.'))
    throw invalidParameter('A domain with a dot needs a CustomDomainConfig.');
  const reserved = isCustom ? undefined : RESERVED.find((word) => domain.name.includes(word));
  if (reserved !== undefined) throw invalidParameter(`Domain cannot contain reserved word: ${reserved}`);
  if (findByDomain(pool, domain.name))
    throw invalidParameter('Domain already associated with another user pool.');
  if (domains.some(({ certificateArn }) => (certificateArn !== undefined) === isCustom))
    throw invalidParameter(`The user pool already has a ${isCustom ? 'custom' : 'prefix'} domain.`);
  changeUserPool(pool, userPoolId, (document) => ({ ...document, domains: [...domains, domain] }));
}

/**
 * Changes a domain's login version or certificate.
 * @throws CognitoError InvalidParameterException, ResourceNotFoundException (Cognito: UpdateUserPoolDomain)
 */
export function updateDomain(
  pool: LocalPool,
  userPoolId: string,
  name: string,
  change: Partial<UserPoolDomainDocument>,
): UserPoolDomainDocument {
  const before = requireDomain(pool, userPoolId, name);
  if (change.certificateArn !== undefined && before.certificateArn === undefined)
    throw invalidParameter('A prefix domain has no CustomDomainConfig.');
  const domain = { ...before, ...change };
  changeUserPool(pool, userPoolId, (document) => ({
    ...document,
    domains: document.domains.map((one) => (one.name === name ? domain : one)),
  }));
  return domain;
}

/** @throws CognitoError InvalidParameterException, ResourceNotFoundException (Cognito: DeleteUserPoolDomain) */
export function deleteDomain(pool: LocalPool, userPoolId: string, name: string): void {
  requireDomain(pool, userPoolId, name);
  changeUserPool(pool, userPoolId, (document) => ({
    ...document,
    domains: document.domains.filter((domain) => domain.name !== name),
  }));
}

function requireDomain(pool: LocalPool, userPoolId: string, name: string): UserPoolDomainDocument {
  const { domains } = requireUserPoolDocument(pool, userPoolId).document;
  const found = domains.find((domain) => domain.name === name);
  if (!found) throw invalidParameter('No such domain or user pool exists.');
  return found;
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}

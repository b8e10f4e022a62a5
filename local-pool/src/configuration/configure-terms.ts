import { randomUUID } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { listAppClientDocuments } from '../store/app-clients.ts';
import type { TermsDocument } from './app-client-document.ts';
import { changeAppClient, requireAppClientDocument, requireUserPoolDocument } from './find-document.ts';

/** Terms with the app client that they are for. */
export interface ClientTerms {
  clientId: string;
  terms: TermsDocument;
}

/** The terms of all clients of a pool. @throws CognitoError ResourceNotFoundException */
export function listTerms(pool: LocalPool, userPoolId: string): ClientTerms[] {
  requireUserPoolDocument(pool, userPoolId);
  return listAppClientDocuments(pool, userPoolId).flatMap(({ document: { clientId, terms } }) =>
    terms.map((one) => ({ clientId, terms: one })),
  );
}

/** @throws CognitoError ResourceNotFoundException */
export function requireTerms(pool: LocalPool, userPoolId: string, id: string): ClientTerms {
  return existing(listTerms(pool, userPoolId).find(({ terms }) => terms.id === id));
}

/** @throws CognitoError ResourceNotFoundException */
export function requireTermsOfClient(
  pool: LocalPool,
  userPoolId: string,
  clientId: string,
  name: string,
): ClientTerms {
  requireAppClientDocument(pool, userPoolId, clientId);
  return existing(
    listTerms(pool, userPoolId).find((one) => one.clientId === clientId && one.terms.name === name),
  );
}

/** @throws CognitoError TermsExistsException, ResourceNotFoundException (Cognito: CreateTerms) */
export function createTerms(
  pool: LocalPool,
  userPoolId: string,
  clientId: string,
  given: Omit<TermsDocument, 'id' | 'createdAt' | 'modifiedAt'>,
): ClientTerms {
  const { document } = requireAppClientDocument(pool, userPoolId, clientId);
  requireFreeName(document.terms, given.name);
  const now = pool.clock.now();
  const terms = { id: randomUUID(), ...given, createdAt: now, modifiedAt: now };
  pool.putAppClient({ ...document, terms: [...document.terms, terms] });
  return { clientId, terms };
}

/** @throws CognitoError TermsExistsException, ResourceNotFoundException (Cognito: UpdateTerms) */
export function updateTerms(
  pool: LocalPool,
  userPoolId: string,
  id: string,
  change: Partial<TermsDocument>,
): ClientTerms {
  const { clientId, terms: before } = requireTerms(pool, userPoolId, id);
  const terms = { ...before, ...change, modifiedAt: pool.clock.now() };
  changeAppClient(pool, userPoolId, clientId, (document) => {
    const others = document.terms.filter((one) => one.id !== id);
    requireFreeName(others, terms.name);
    return { ...document, terms: [...others, terms] };
  });
  return { clientId, terms };
}

/** @throws CognitoError ResourceNotFoundException (Cognito: DeleteTerms) */
export function deleteTerms(pool: LocalPool, userPoolId: string, id: string): void {
  const { clientId } = requireTerms(pool, userPoolId, id);
  changeAppClient(pool, userPoolId, clientId, (document) => ({
    ...document,
    terms: document.terms.filter((terms) => terms.id !== id),
  }));
}

function existing(terms: ClientTerms | undefined): ClientTerms {
  if (!terms) throw new CognitoError('ResourceNotFoundException', 'Terms do not exist.');
  return terms;
}

function requireFreeName(terms: TermsDocument[], name: string): void {
  if (terms.some((one) => one.name === name))
    throw new CognitoError('TermsExistsException', `Terms with the name ${name} already exist.`);
}

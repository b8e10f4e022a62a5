import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClientSecret } from '../model/app-client.ts';
import type { StoredAppClient } from '../store/app-clients.ts';
import { type AppClientDocument, withAppClientDefaults } from './app-client-document.ts';
import { appClientProblem } from './app-client-rules.ts';
import type { AppClientSettings } from './app-client-settings.ts';
import { changeAppClient, requireAppClientDocument, requireUserPoolDocument } from './find-document.ts';
import { newClientId, newClientSecret } from './new-identifiers.ts';

export interface NewAppClient {
  userPoolId: string;
  name: string;
  settings: AppClientSettings;
  generateSecret: boolean;
  /** A secret of the caller's own making. */
  secret: string | undefined;
}

/**
 * Creates an app client.
 * @throws CognitoError InvalidParameterException, InvalidOAuthFlowException, ScopeDoesNotExistException,
 *   ResourceNotFoundException (Cognito: CreateUserPoolClient)
 */
export function createAppClient(pool: LocalPool, given: NewAppClient): StoredAppClient {
  const { userPoolId, name, generateSecret, secret } = given;
  requireUserPoolDocument(pool, userPoolId);
  if (generateSecret && secret !== undefined)
    throw new CognitoError(
      'InvalidParameterException',
      'GenerateSecret and ClientSecret cannot both be set.',
    );
  const clientId = newClientId();
  const document: AppClientDocument = {
    clientId,
    userPoolId,
    name,
    settings: withAppClientDefaults(given.settings),
    secrets: [],
    terms: [],
  };
  if (generateSecret || secret !== undefined)
    document.secrets = [newSecret(document, secret, pool.clock.now())];
  requireRules(pool, document, 'creating');
  pool.putAppClient(document);
  return requireAppClientDocument(pool, userPoolId, clientId);
}

/**
 * Replaces everything but the secrets: what is not given goes back to its default (Cognito: UpdateUserPoolClient).
 * @throws CognitoError as {@link createAppClient}
 */
export function updateAppClient(
  pool: LocalPool,
  { userPoolId, clientId }: { userPoolId: string; clientId: string },
  name: string | undefined,
  given: AppClientSettings,
): StoredAppClient {
  return changeAppClient(pool, userPoolId, clientId, (before) => {
    const document = { ...before, name: name ?? before.name, settings: withAppClientDefaults(given) };
    requireRules(pool, document, 'updating');
    return document;
  });
}

const MOST_SECRETS = 2;

/**
 * Gives a client a further secret, so that it can change over without a break (Cognito: AddUserPoolClientSecret).
 * @param value absent = one is made up
 * @throws CognitoError LimitExceededException for a third, ResourceNotFoundException
 */
export function addSecret(
  pool: LocalPool,
  userPoolId: string,
  clientId: string,
  value: string | undefined,
): AppClientSecret {
  const { document } = requireAppClientDocument(pool, userPoolId, clientId);
  if (document.secrets.length >= MOST_SECRETS)
    throw new CognitoError('LimitExceededException', `An app client has at most ${MOST_SECRETS} secrets.`);
  const secret = newSecret(document, value, pool.clock.now());
  pool.putAppClient({ ...document, secrets: [...document.secrets, secret] });
  return secret;
}

/**
 * Takes a secret away, but not the last one: a client does not become public.
 * @throws CognitoError InvalidParameterException, ResourceNotFoundException (Cognito: DeleteUserPoolClientSecret)
 */
export function deleteSecret(pool: LocalPool, userPoolId: string, clientId: string, secretId: string): void {
  const { document } = requireAppClientDocument(pool, userPoolId, clientId);
  const secrets = document.secrets.filter(({ id }) => id !== secretId);
  if (secrets.length === document.secrets.length)
    throw new CognitoError('ResourceNotFoundException', `Client secret ${secretId} does not exist.`);
  if (secrets.length === 0)
    throw new CognitoError(
      'InvalidParameterException',
      'The last secret of an app client cannot be deleted.',
    );
  pool.putAppClient({ ...document, secrets });
}

/** The ID is the client's with the time (API reference: ClientSecretDescriptorType), one later where it is taken. */
function newSecret(
  { clientId, secrets }: AppClientDocument,
  value: string | undefined,
  createdAt: number,
): AppClientSecret {
  let time = createdAt;
  while (secrets.some(({ id }) => id === `${clientId}--${time}`)) time += 1;
  return { id: `${clientId}--${time}`, value: value ?? newClientSecret(), createdAt };
}

function requireRules(pool: LocalPool, document: AppClientDocument, verb: 'creating' | 'updating'): void {
  const userPool = pool.userPool(document.userPoolId);
  if (!userPool)
    throw new CognitoError('ResourceNotFoundException', `User pool ${document.userPoolId} does not exist.`);
  const hasSecret = document.secrets.length > 0;
  const problem = appClientProblem(document.settings, { userPool, hasSecret, verb });
  if (problem) throw problem.error;
}

import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { changeUserPool, requireUserPoolDocument } from './find-document.ts';
import type { ResourceServerDocument } from './resource-server-shape.ts';

const MOST_RESOURCE_SERVERS = 25;

/** @throws CognitoError ResourceNotFoundException */
export function requireResourceServer(
  pool: LocalPool,
  userPoolId: string,
  identifier: string,
): ResourceServerDocument {
  const { resourceServers } = requireUserPoolDocument(pool, userPoolId).document;
  const found = resourceServers.find(({ Identifier }) => Identifier === identifier);
  if (!found)
    throw new CognitoError('ResourceNotFoundException', `Resource server ${identifier} does not exist.`);
  return found;
}

/** @throws CognitoError InvalidParameterException, LimitExceededException, ResourceNotFoundException (CreateResourceServer) */
export function createResourceServer(
  pool: LocalPool,
  userPoolId: string,
  server: ResourceServerDocument,
): void {
  const { resourceServers } = requireUserPoolDocument(pool, userPoolId).document;
  if (resourceServers.some(({ Identifier }) => Identifier === server.Identifier))
    throw new CognitoError(
      'InvalidParameterException',
      `${server.Identifier} already exists in user pool ${userPoolId}.`,
    );
  if (resourceServers.length >= MOST_RESOURCE_SERVERS)
    throw new CognitoError(
      'LimitExceededException',
      `A user pool has at most ${MOST_RESOURCE_SERVERS} resource servers.`,
    );
  changeUserPool(pool, userPoolId, (document) => ({
    ...document,
    resourceServers: [...resourceServers, server],
  }));
}

/**
 * Replaces a resource server's name and scopes. A scope that goes is no longer granted, though clients still list it.
 * @throws CognitoError ResourceNotFoundException (Cognito: UpdateResourceServer)
 */
export function updateResourceServer(
  pool: LocalPool,
  userPoolId: string,
  server: ResourceServerDocument,
): void {
  requireResourceServer(pool, userPoolId, server.Identifier);
  changeUserPool(pool, userPoolId, (document) => ({
    ...document,
    resourceServers: document.resourceServers.map((one) =>
      one.Identifier === server.Identifier ? server : one,
    ),
  }));
}

/** @throws CognitoError ResourceNotFoundException (Cognito: DeleteResourceServer) */
export function deleteResourceServer(pool: LocalPool, userPoolId: string, identifier: string): void {
  requireResourceServer(pool, userPoolId, identifier);
  changeUserPool(pool, userPoolId, (document) => ({
    ...document,
    resourceServers: document.resourceServers.filter(({ Identifier }) => Identifier !== identifier),
  }));
}

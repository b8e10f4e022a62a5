import {
  type CognitoIdentityProviderServiceException,
  NotAuthorizedException,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractClient, openStage, type Stage } from './support/stage.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool();
  await stage.createUser(people.UserPoolId, 'jane');
});
afterAll(() => stage.close());

const call = (operation: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${stage.userPoolEndpoint}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body,
  });

describe('E.3 errors', () => {
  it('E.3 the body, x-amzn-ErrorType, x-amzn-ErrorMessage and status of a refusal', async () => {
    const response = await call('GetUser', '{"AccessToken":"garbage"}');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(response.headers.get('x-amzn-errortype')).toBe('NotAuthorizedException:');
    expect(response.headers.get('x-amzn-errormessage')).toBe('Invalid Access Token');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
    expect(await response.json()).toEqual({
      __type: 'NotAuthorizedException',
      message: 'Invalid Access Token',
    });
  });

  it('E.3 the SDK resolves the error to its class', async () => {
    const error = await stage.signIn(people, 'jane', 'Wrong-Password-1').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NotAuthorizedException);
    expect(error).toMatchObject({ name: 'NotAuthorizedException', $fault: 'client' });
    expect(error).toHaveProperty('$metadata.httpStatusCode', 400);
    expect(error).toHaveProperty('$metadata.requestId');
  });

  it('E.3 a broken constraint is an InvalidParameterException in the words of the framework', async () => {
    await expect(stage.api.describeUserPool({ UserPoolId: 'no pool' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(
        /^1 validation error detected: Value '?.*'? ?at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
      ),
    });
    const response = await call('InitiateAuth', '{"AuthFlow":"USER_PASSWORD_AUTH"}');
    expect(await response.json()).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'clientId' failed to satisfy constraint: Member must not be null",
    });
  });

  it('E.3 wrong JSON, wrong types and unknown operations', async () => {
    for (const [operation, body, type] of [
      ['GetUser', '{', 'SerializationException'],
      ['GetUser', '{"AccessToken":7}', 'SerializationException'],
      ['NoSuchOperation', '{}', 'UnknownOperationException'],
    ] as const) {
      const response = await call(operation, body);
      expect(response.status).toBe(400);
      expect(await response.json()).toHaveProperty('__type', type);
    }
  });

  it('E.3 an administrator’s call without a signature', async () => {
    const response = await call('ListUserPools', '{"MaxResults":1}');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  it('E.3 unknown members are ignored, and an operation without output answers with an empty object', async () => {
    const { AccessToken } = await stage.signIn(people, 'jane');
    const response = await call('GlobalSignOut', JSON.stringify({ AccessToken, Surprise: true }));
    expect(response.status).toBe(200);
    expect(['', '{}']).toContain(await response.text());
  });

  it('E.3 unknown user pools and clients', async () => {
    const UserPoolId = `${stage.region}_Unknown00`;
    await expect(stage.api.describeUserPool({ UserPoolId })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `User pool ${UserPoolId} does not exist.`,
    });
    const ClientId = '00000000000000000000000000';
    const error = await stage
      .signIn({ UserPoolId, ClientId }, 'jane')
      .catch((caught: CognitoIdentityProviderServiceException) => caught);
    expect(error).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `User pool client ${ClientId} does not exist.`,
    });
  });
});

describe('E.3 CORS', () => {
  const headers = [
    'content-type',
    'x-amz-target',
    'x-amz-user-agent',
    'cache-control',
    'amz-sdk-invocation-id',
    'amz-sdk-request',
    'authorization',
    'x-amz-date',
    'x-amz-security-token',
    'x-amz-content-sha256',
  ];

  it('E.3 a pre-flight from a browser origin allows what clients send', async () => {
    const response = await fetch(`${stage.userPoolEndpoint}/`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': headers.join(','),
      },
    });
    expect(response.ok).toBe(true);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-max-age')).toBe('172800');
    const allowed = response.headers.get('access-control-allow-headers')?.toLowerCase().split(/, */);
    expect(allowed).toEqual(expect.arrayContaining(headers));
  });

  it('E.3 answers and refusals alike may be read by any origin', async () => {
    const response = await call('GetUser', '{"AccessToken":"garbage"}', {
      origin: 'https://app.example.com',
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const exposed = response.headers.get('access-control-expose-headers')?.toLowerCase().split(/, */);
    expect(exposed).toEqual(
      expect.arrayContaining(['x-amzn-requestid', 'x-amzn-errortype', 'x-amzn-errormessage']),
    );
  });
});

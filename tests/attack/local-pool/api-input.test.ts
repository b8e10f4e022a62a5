import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from '../../integration/local-pool/api-users/user-pool-api.ts';

let pool: UserPoolApi;
let people: TestPool;
const logged: string[] = [];

beforeAll(async () => {
  pool = await startUserPoolApi({ log: (line) => logged.push(line) });
  people = await pool.createPool({ AutoVerifiedAttributes: ['email'] });
});
afterAll(() => pool.close());

const PREFIX = 'AWSCognitoIdentityProviderService';
const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=00';

interface Answer {
  status: number;
  body: { __type?: string; message?: string };
  text: string;
  headers: Headers;
}

async function post(body: string, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${pool.url}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', authorization: SIGNATURE, ...headers },
    body,
  });
  const text = await response.text();
  return {
    status: response.status,
    body: JSON.parse(text) as Answer['body'],
    text,
    headers: response.headers,
  };
}

const call = (operation: string, input: unknown) =>
  post(typeof input === 'string' ? input : JSON.stringify(input), {
    'x-amz-target': `${PREFIX}.${operation}`,
  });

/** Whatever is wrong, it is the caller's fault, said in AWS's form. */
function expectRefusal({ status, body, text, headers }: Answer, type?: string): void {
  expect(status).toBe(400);
  expect(Object.keys(body).sort()).toEqual(['__type', 'message']);
  expect(headers.get('x-amzn-errortype')).toBe(`${body.__type}:`);
  expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(text).not.toMatch(/node:|\.ts\b|at .*\(|stack|SQLITE|zod/i);
  if (type) expect(body.__type).toBe(type);
}

describe('LP-11 X-Amz-Target', () => {
  it.each([
    '',
    'SignUp',
    `${PREFIX}.`,
    `${PREFIX}.Nothing`,
    `${PREFIX}.signup`,
    `${PREFIX}.SignUp.SignUp`,
    `${PREFIX}.../server`,
    `${PREFIX}.service`,
    `${PREFIX}.constructor`,
    'AWSCognitoIdentityService.SignUp',
    'toString.SignUp',
  ])('LP-11 an unknown operation: %j', async (target) => {
    expectRefusal(await post('{}', { 'x-amz-target': target }), 'UnknownOperationException');
  });

  it('LP-11 none at all, and two of them', async () => {
    expectRefusal(await post('{}', {}), 'UnknownOperationException');
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const sent = request(`${pool.url}/`, { method: 'POST' }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => resolve({ status: response.statusCode, body }));
      });
      sent.on('error', reject);
      sent.setHeader('X-Amz-Target', [`${PREFIX}.SignUp`, `${PREFIX}.GetUser`]);
      sent.end('{}');
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('UnknownOperationException');
  });
});

describe('LP-11 bodies', () => {
  it.each([
    'no JSON',
    '{"ClientId":',
    '[]',
    '"text"',
    '12',
    'null',
    'true',
    '\u0000',
    '{"ClientId":"x"} trailing',
  ])('LP-11 %j is no input', async (body) => {
    expectRefusal(await call('SignUp', body), 'SerializationException');
  });

  it('LP-11 deep, wide and large ones', async () => {
    const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    for (const depth of [1000, 100_000]) expectRefusal(await call('SignUp', deep(depth)));
    expectRefusal(await call('SignUp', `${'['.repeat(200_000)}${']'.repeat(200_000)}`));
    const { ClientId } = people;
    expectRefusal(
      await call('SignUp', { ClientId, Username: 'x', Password: 'x'.repeat(900_000) }),
      'InvalidParameterException',
    );
    expectRefusal(
      await call('SignUp', { ClientId, Username: ' '.repeat(900_000), Password: 'Cabana-demo-1' }),
      'InvalidParameterException',
    );
    const started = performance.now();
    expectRefusal(
      await call('SignUp', { ClientId, Username: 'x', Password: `${'x'.repeat(900_000)} ` }),
      'InvalidParameterException',
    );
    // Milliseconds: a pattern that backtracks would take hours.
    expect(performance.now() - started).toBeLessThan(2000);
    expectRefusal(await call('SignUp', JSON.stringify({ a: 'x'.repeat(1024 * 1024) })));
  });

  it('LP-11 wrong types and missing members', async () => {
    const wrong: [string, object, string][] = [
      ['SignUp', {}, 'InvalidParameterException'],
      ['SignUp', { ClientId: 1, Username: 'x', Password: 'x' }, 'SerializationException'],
      ['SignUp', { ClientId: people.ClientId, Username: ['x'], Password: 'x' }, 'SerializationException'],
      [
        'SignUp',
        { ClientId: people.ClientId, Username: 'x', Password: 'Cabana-1', UserAttributes: { email: 'x' } },
        'SerializationException',
      ],
      [
        'SignUp',
        { ClientId: people.ClientId, Username: 'x', Password: 'Cabana-1', UserAttributes: [{ Name: 1 }] },
        'SerializationException',
      ],
      [
        'SignUp',
        { ClientId: people.ClientId, Username: 'x', Password: 'Cabana-1', ClientMetadata: { a: 1 } },
        'SerializationException',
      ],
      ['ConfirmSignUp', { ClientId: people.ClientId, Username: 'x' }, 'InvalidParameterException'],
      ['GetUser', { AccessToken: 'no token!' }, 'InvalidParameterException'],
      ['GetUser', { AccessToken: 'a.b.c' }, 'NotAuthorizedException'],
      ['ListUsers', { UserPoolId: people.UserPoolId, Limit: '10' }, 'SerializationException'],
      ['ListUsers', { UserPoolId: people.UserPoolId, Limit: 61 }, 'InvalidParameterException'],
      ['ListUsers', { UserPoolId: people.UserPoolId, Limit: 1.5 }, 'SerializationException'],
      ['ListUsers', { UserPoolId: people.UserPoolId, Filter: 'x'.repeat(257) }, 'InvalidParameterException'],
      ['ListUsers', { UserPoolId: '../../etc' }, 'InvalidParameterException'],
      ['AdminGetUser', { UserPoolId: people.UserPoolId, Username: '' }, 'InvalidParameterException'],
      [
        'AdminSetUserPassword',
        { UserPoolId: people.UserPoolId, Username: 'x', Password: 'Cabana-1', Permanent: 'yes' },
        'SerializationException',
      ],
      [
        'AdminCreateUser',
        { UserPoolId: people.UserPoolId, Username: 'x', MessageAction: 'SHOUT' },
        'InvalidParameterException',
      ],
      ['RevokeToken', { Token: '', ClientId: people.ClientId }, 'InvalidParameterException'],
    ];
    for (const [operation, input, type] of wrong) {
      const answer = await call(operation, input);
      expectRefusal(answer, type);
    }
  });

  it('LP-11 invalid base64 in SecretHash proves nothing', async () => {
    const secret = await pool.createClient(people.UserPoolId, { GenerateSecret: true });
    for (const SecretHash of ['====', 'A', 'AAAA', '++++////'])
      expectRefusal(
        await call('ForgotPassword', { ClientId: secret.ClientId, Username: 'x', SecretHash }),
        'NotAuthorizedException',
      );
  });

  it('LP-11 __proto__ and its like reach nobody’s prototype', async () => {
    const { ClientId, UserPoolId } = people;
    const raw = (members: string) =>
      call('SignUp', `{"ClientId":"${ClientId}","Username":"proto","Password":"Cabana-demo-1",${members}}`);
    expectRefusal(
      await raw('"UserAttributes":[{"Name":"__proto__","Value":"x"}]'),
      'InvalidParameterException',
    );
    expectRefusal(
      await raw('"UserAttributes":[{"Name":"constructor","Value":"x"}]'),
      'InvalidParameterException',
    );
    const odd = await raw('"__proto__":{"admin":true},"ClientMetadata":{"__proto__":"x","constructor":"y"}');
    expect(odd.status).toBe(200);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    for (const Username of ['__proto__', 'hasOwnProperty'])
      expectRefusal(await call('AdminGetUser', { UserPoolId, Username }), 'UserNotFoundException');
    expectRefusal(
      await call('ForgotPassword', { ClientId: '__proto__', Username: 'x' }),
      'ResourceNotFoundException',
    );
    expectRefusal(
      await call('AdminGetUser', { UserPoolId: '__proto___x', Username: 'x' }),
      'ResourceNotFoundException',
    );
    expectRefusal(
      await call('ListUsers', { UserPoolId, AttributesToGet: ['__proto__'] }),
      'InvalidParameterException',
    );
  });

  it('LP-11 no answer was a fault, and nothing that was sent is in the log', () => {
    expect(logged.filter((line) => line.includes('failed'))).toEqual([]);
    expect(logged.join('\n')).not.toContain('Cabana-demo-1');
  });
});

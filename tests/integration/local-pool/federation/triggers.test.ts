import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminLinkProviderForUserCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TriggerEvent } from '../../../../local-pool/src/lambda/trigger-event.ts';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import {
  appCallback,
  type OidcProvider,
  type ServiceProvider,
  spPoolId,
  startOidcProvider,
  startServiceProvider,
} from './federated-pools.ts';
import { apiClient, exchangeCode, signInAtPeer } from './steps.ts';

/** The handler file hands every event to this function of the test. */
const recorder = globalThis as { onFederationEvent?: (event: TriggerEvent) => unknown };
const names = ['PreSignUp', 'PostConfirmation', 'PreAuthentication', 'PostAuthentication'];

let handlers: string;
let sp: ServiceProvider;
let peer: OidcProvider;
let api: CognitoIdentityProviderClient;
let events: TriggerEvent[];
/** What the test does in an event besides recording it. */
let react: (event: TriggerEvent) => unknown;

beforeAll(async () => {
  handlers = mkdtempSync(join(tmpdir(), 'cabana-handlers-'));
  writeFileSync(
    join(handlers, 'recorder.mjs'),
    'export const handler = async (event) => { await globalThis.onFederationEvent?.(event); return event; };',
  );
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:recorder';
  const config = [...names, 'PreTokenGeneration'].map((name) => `${name}: '${arn}'`).join(', ');
  sp = await startServiceProvider({ handlers }, `      LambdaConfig: { ${config} }`);
  peer = await startOidcProvider(sp);
  api = apiClient(sp);
  recorder.onFederationEvent = (event) => {
    events.push(event);
    return react(event);
  };
});
afterAll(async () => {
  recorder.onFederationEvent = () => {};
  api.destroy();
  await peer.close();
  await sp.close();
  rmSync(handlers, { recursive: true });
});
beforeEach(() => {
  events = [];
  react = () => {};
  sp.pool.store.sql('DELETE FROM users WHERE user_pool_id = ?').run(spPoolId);
  sp.addProvider({
    name: 'Peer',
    type: 'OIDC',
    details: peer.details,
    attributeMapping: { email: 'email', name: 'name' },
  });
});

const sources = () => events.map(({ triggerSource }) => triggerSource);
const signIn = () => signInAtPeer(sp, peer, sp.browse());

function makeLocal(): string {
  const userPool = sp.pool.userPool(spPoolId);
  if (!userPool) throw new Error('There is no pool.');
  return createUser(sp.pool, userPool, 'local-jane', 'Federation-1', {}, 'CONFIRMED').sub;
}

const linkJane = () =>
  api.send(
    new AdminLinkProviderForUserCommand({
      UserPoolId: spPoolId,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'local-jane' },
      SourceUser: {
        ProviderName: 'Peer',
        ProviderAttributeName: 'Cognito_Subject',
        ProviderAttributeValue: peer.janeSub,
      },
    }),
  );

describe('the triggers of a federated sign-in', () => {
  it('run in Cognito’s order: first sign-in', async () => {
    await exchangeCode(sp, await signIn());
    expect(sources()).toEqual([
      'PreSignUp_ExternalProvider',
      'PostConfirmation_ConfirmSignUp',
      'TokenGeneration_HostedAuth',
    ]);
    const [preSignUp, postConfirmation] = events;
    expect(preSignUp).toMatchObject({
      userName: `peer_${peer.janeSub}`,
      callerContext: { clientId: 'federationapp0000000000001' },
      request: { userAttributes: { email: 'jane@example.com', name: 'Jane', email_verified: 'false' } },
    });
    expect(postConfirmation?.request.userAttributes).toMatchObject({
      'cognito:user_status': 'EXTERNAL_PROVIDER',
      identities: expect.stringContaining(`"userId":"${peer.janeSub}"`),
    });
  });

  it('run in Cognito’s order: later sign-in', async () => {
    await signIn();
    events = [];
    await exchangeCode(sp, await signIn());
    expect(sources()).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_HostedAuth',
    ]);
  });

  it('a pre sign-up trigger that links makes the first sign-in that of the linked user', async () => {
    const sub = makeLocal();
    react = ({ triggerSource }) => (triggerSource === 'PreSignUp_ExternalProvider' ? linkJane() : undefined);
    const { id_token } = await exchangeCode(sp, await signIn());
    expect(decodeJwt(id_token)).toMatchObject({ sub, 'cognito:username': 'local-jane', name: 'Jane' });
    expect(sources()).not.toContain('PostConfirmation_ConfirmSignUp');
  });

  it.each([
    ['PreSignUp_ExternalProvider', 'PreSignUp', 0],
    ['PostConfirmation_ConfirmSignUp', 'PostConfirmation', 1],
  ] as const)('one that throws in %s goes back to the client', async (source, name, users) => {
    react = ({ triggerSource }) => {
      if (triggerSource === source) throw new Error('Not today');
    };
    expect((await signIn()).href).toBe(
      `${appCallback}?error_description=${name}+failed+with+error+Not+today.&state=app-state&error=invalid_request`,
    );
    const row = sp.pool.store.sql('SELECT count(*) AS users FROM users WHERE user_pool_id = ?').get(spPoolId);
    expect(row?.users).toBe(users);
  });

  it.each([
    ['deletes', 'DELETE FROM users WHERE username = ?', 'User does not exist.'],
    ['disables', 'UPDATE users SET enabled = 0 WHERE username = ?', 'User is disabled.'],
  ])('one that %s the user leaves nobody signed in', async (_, statement, description) => {
    react = ({ triggerSource, userName }) => {
      if (triggerSource === 'PostConfirmation_ConfirmSignUp') sp.pool.store.sql(statement).run(userName);
    };
    const { searchParams } = await signIn();
    expect(searchParams.get('error_description')).toBe(description);
    expect(searchParams.has('code')).toBe(false);
  });

  it.each(['PreAuthentication', 'PostAuthentication'])(
    'a throwing %s prevents a later sign-in',
    async (name) => {
      await signIn();
      react = ({ triggerSource }) => {
        if (triggerSource === `${name}_Authentication`) throw new Error('Not today');
      };
      const { searchParams } = await signIn();
      expect(searchParams.get('error_description')).toBe(`${name} failed with error Not today.`);
      expect(searchParams.has('code')).toBe(false);
    },
  );
});

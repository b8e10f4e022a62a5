import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFile } from './load.ts';

const file = join(import.meta.dirname, '../../../../infra/template.yaml');
const load = (parameters: Record<string, string> = {}) => loadFile(file, parameters);
const web = (parameters: Record<string, string> = {}) =>
  load(parameters).appClients.find(({ clientName }) => clientName === 'web');

describe('infra/template.yaml', () => {
  it('loads by itself: a pool with domain, three clients, two groups and a trigger', () => {
    const { userPools, appClients, groups, functions } = load();
    expect(userPools.map(({ id, name, domain }) => ({ id, name, domain }))).toEqual([
      {
        id: 'us-east-1_Cabana001',
        name: 'local-people',
        domain: { name: 'cabana-demo', managedLoginVersion: 2 },
      },
    ]);
    expect(appClients.map(({ clientName }) => clientName)).toEqual(['web', 'mobile', 'service']);
    expect(groups.map(({ name, precedence }) => [name, precedence])).toEqual([
      ['admins', 1],
      ['editors', 10],
    ]);
    expect(functions.map(({ exportName }) => exportName)).toEqual(['handler']);
    expect(userPools[0]?.lambdaConfig.preTokenGeneration).toEqual({
      version: 'V2_0',
      functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functions[0]?.name}`,
    });
  });

  it('RefreshTokenRotation ENABLED rotates with the grace period', () => {
    const rotation = web({
      RefreshTokenRotation: 'ENABLED',
      RotationGraceSeconds: '10',
    })?.refreshTokenRotation;
    expect(rotation).toEqual({ enabled: true, graceSeconds: 10 });
  });

  it('RefreshTokenRotation DISABLED does not rotate', () => {
    expect(web({ RefreshTokenRotation: 'DISABLED' })?.refreshTokenRotation).toEqual({
      enabled: false,
      graceSeconds: 0,
    });
  });

  it('AppUrl and AccessTokenMinutes reach the web client', () => {
    const client = web({ AppUrl: 'https://app.example', AccessTokenMinutes: '5' });
    expect(client?.callbackUrls).toEqual(['https://app.example/api/auth/callback/cognito']);
    expect(client?.logoutUrls).toEqual(['https://app.example/']);
    expect(client?.validity).toEqual({ access: 300, id: 300, refresh: 30 * 86_400 });
  });

  it('no client lets people write the attributes that the application gates on', () => {
    for (const { clientName, writeAttributes, secrets } of load().appClients) {
      if (clientName === 'service') expect(secrets[0]?.value).toHaveLength(51);
      else expect(writeAttributes).toEqual(['email', 'name']);
    }
  });

  it.each([
    [
      { RefreshTokenRotation: 'enabled' },
      'Parameters.RefreshTokenRotation: enabled is none of ENABLED, DISABLED.',
    ],
    [{ RotationGraceSeconds: '61' }, 'Parameters.RotationGraceSeconds: 61 is out of range.'],
    [{ AccessTokenMinutes: '4' }, 'Parameters.AccessTokenMinutes: 4 is out of range.'],
    [{ AppUrl: 'https://app.example/' }, 'Parameters.AppUrl: https://app.example/ does not match'],
  ])('%j is refused by name', (parameters, message) => {
    expect(() => load(parameters)).toThrow(message);
  });
});

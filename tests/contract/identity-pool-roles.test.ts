import type { RoleMapping } from '@aws-sdk/client-cognito-identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityPoolStage, openIdentityPoolStage, role } from './support/identity-pool-stage.ts';
import { requires } from './target.ts';

requires('identity pool endpoint', 'STS endpoint', 'role of its own choice');

let stage: IdentityPoolStage;

beforeAll(async () => {
  stage = await openIdentityPoolStage();
});
afterAll(() => stage.close());

const notAuthorized = { name: 'NotAuthorizedException' };

describe('E.5 enhanced flow', () => {
  it('E.5 default: the authenticated role, credentials of AWS’s shape, the same identity each time', async () => {
    const pool = await stage.createIdentityPool();
    const { IdToken } = await stage.signedIn();
    const given = await stage.credentials(pool, IdToken);
    expect(given).toMatchObject({
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z\d]{16}$/),
      SecretKey: expect.stringMatching(/^.{40}$/),
      SessionToken: expect.any(String),
    });
    expect(Math.abs(Number(given.Expiration) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    expect(await stage.roleOf(pool, IdToken)).toBe('Authenticated');
    const Logins = { [stage.provider]: IdToken };
    const [first, second] = [
      await stage.identity.getId({ IdentityPoolId: pool, Logins }),
      await stage.identity.getId({ IdentityPoolId: pool, Logins }),
    ];
    expect(first.IdentityId).toMatch(/^us-east-1:[\da-f-]{36}$/);
    expect(second.IdentityId).toBe(first.IdentityId);
  });

  it('E.5 guests: a new identity each, the unauthenticated role', async () => {
    const pool = await stage.createIdentityPool(undefined, { AllowUnauthenticatedIdentities: true });
    expect(await stage.roleOf(pool)).toBe('Guest');
    const [first, second] = [
      await stage.identity.getId({ IdentityPoolId: pool }),
      await stage.identity.getId({ IdentityPoolId: pool }),
    ];
    expect(second.IdentityId).not.toBe(first.IdentityId);
  });

  const rules = (AmbiguousRoleResolution: 'Deny' | 'AuthenticatedRole'): RoleMapping => ({
    Type: 'Rules',
    AmbiguousRoleResolution,
    RulesConfiguration: {
      Rules: [
        { Claim: 'custom:dept', MatchType: 'Equals', Value: 'eng', RoleARN: role('Equals') },
        { Claim: 'custom:dept', MatchType: 'StartsWith', Value: 'en', RoleARN: role('StartsWith') },
        { Claim: 'custom:dept', MatchType: 'Contains', Value: 'ale', RoleARN: role('Contains') },
        { Claim: 'custom:dept', MatchType: 'NotEqual', Value: 'none', RoleARN: role('NotEqual') },
      ],
    },
  });
  it.each([
    ['eng', 'Equals'],
    ['english', 'StartsWith'],
    ['sales', 'Contains'],
    ['Eng', 'NotEqual'],
    ['none', 'Authenticated'],
    [undefined, 'Authenticated'],
  ])('E.5 rules, the first that matches: dept %s gives %s', async (dept, expected) => {
    const pool = await stage.createIdentityPool(rules('AuthenticatedRole'));
    const { IdToken } = await stage.signedIn([], dept === undefined ? {} : { 'custom:dept': dept });
    expect(await stage.roleOf(pool, IdToken)).toBe(expected);
  });

  it('E.5 rules: none matches and Deny', async () => {
    const pool = await stage.createIdentityPool(rules('Deny'));
    const { IdToken } = await stage.signedIn();
    await expect(stage.credentials(pool, IdToken)).rejects.toMatchObject(notAuthorized);
  });

  const byToken = (AmbiguousRoleResolution: 'Deny' | 'AuthenticatedRole'): RoleMapping => ({
    Type: 'Token',
    AmbiguousRoleResolution,
  });

  it('E.5 token: the preferred role, or one of the roles by CustomRoleArn, and no other', async () => {
    const pool = await stage.createIdentityPool(byToken('Deny'));
    const { IdToken } = await stage.signedIn(['strong', 'weak']);
    expect(await stage.roleOf(pool, IdToken)).toBe('strong');
    expect(await stage.roleOf(pool, IdToken, role('weak'))).toBe('weak');
    await expect(stage.credentials(pool, IdToken, role('left'))).rejects.toMatchObject(notAuthorized);
  });

  it.each([
    ['two groups tie', ['left', 'right']],
    ['no group', []],
  ])('E.5 token, ambiguous because %s: authenticated role or refusal', async (_, groups) => {
    const { IdToken } = await stage.signedIn(groups);
    expect(await stage.roleOf(await stage.createIdentityPool(byToken('AuthenticatedRole')), IdToken)).toBe(
      'Authenticated',
    );
    await expect(
      stage.credentials(await stage.createIdentityPool(byToken('Deny')), IdToken),
    ).rejects.toMatchObject(notAuthorized);
  });
});

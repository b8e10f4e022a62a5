import { STS } from '@aws-sdk/client-sts';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityPoolStage, openIdentityPoolStage, role } from './support/identity-pool-stage.ts';
import { required } from './support/stage.ts';
import { requires } from './target.ts';

requires('identity pool endpoint', 'STS endpoint', 'role of its own choice');

let stage: IdentityPoolStage;

beforeAll(async () => {
  stage = await openIdentityPoolStage();
});
afterAll(() => stage.close());

describe('E.5 basic flow', () => {
  it('E.5 GetOpenIdToken and AssumeRoleWithWebIdentity', async () => {
    const pool = await stage.createIdentityPool(undefined, { AllowClassicFlow: true });
    const { IdToken } = await stage.signedIn();
    const Logins = { [stage.provider]: IdToken };
    const { IdentityId } = await stage.identity.getId({ IdentityPoolId: pool, Logins });
    const { Token } = await stage.identity.getOpenIdToken({ IdentityId, Logins });
    const claims = decodeJwt(required(Token));
    expect(claims).toMatchObject({
      sub: IdentityId,
      aud: pool,
      iss: 'https://cognito-identity.amazonaws.com',
      amr: ['authenticated', stage.provider, `${stage.provider}:CognitoSignIn:${decodeJwt(IdToken).sub}`],
    });
    const sts = new STS({ endpoint: stage.stsEndpoint, region: stage.region });
    const { Credentials } = await sts.assumeRoleWithWebIdentity({
      RoleArn: role('Chosen'),
      RoleSessionName: 'contract',
      WebIdentityToken: required(Token),
    });
    expect(Credentials).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA/) });
    sts.destroy();
  });

  it('E.5 is refused where it is not allowed', async () => {
    const pool = await stage.createIdentityPool();
    const { IdToken } = await stage.signedIn();
    const Logins = { [stage.provider]: IdToken };
    const { IdentityId } = await stage.identity.getId({ IdentityPoolId: pool, Logins });
    await expect(stage.identity.getOpenIdToken({ IdentityId, Logins })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Basic (classic) flow is not enabled, please use enhanced flow.',
    });
  });
});

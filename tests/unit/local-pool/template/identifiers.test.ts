import { describe, expect, it } from 'vitest';
import { baseUrl, load } from './load.ts';

const text = `
Resources:
  One: { Type: AWS::Cognito::UserPool }
  Two: { Type: AWS::Cognito::UserPool }
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: !Ref One, GenerateSecret: true }
  Mobile:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: !Ref Two }`;

describe('derived identifiers', () => {
  const { userPools, appClients } = load(text);
  const [web, mobile] = appClients;

  it('a user pool’s has Cognito’s form, in ARN and issuer too', () => {
    for (const { id, arn, issuer } of userPools) {
      expect(id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
      expect(arn).toBe(`arn:aws:cognito-idp:us-east-1:000000000000:userpool/${id}`);
      expect(issuer).toBe(`${baseUrl}/${id}`);
    }
  });

  it('an app client’s has Cognito’s form, its secret too', () => {
    for (const { clientId } of appClients) expect(clientId).toMatch(/^[0-9a-z]{26}$/);
    expect(web?.secrets[0]?.value).toMatch(/^[0-9a-z]{51}$/);
    expect(mobile?.secrets).toEqual([]);
  });

  it('differ from resource to resource', () => {
    expect(userPools[0]?.id).not.toBe(userPools[1]?.id);
    expect(web?.clientId).not.toBe(mobile?.clientId);
    expect(web?.userPoolId).toBe(userPools[0]?.id);
    expect(mobile?.userPoolId).toBe(userPools[1]?.id);
  });

  it('are the same at the next start, whatever else the template holds', () => {
    const reordered = load(`${text}\n  Role: { Type: AWS::IAM::Role }`);
    expect(reordered.userPools.map(({ id }) => id)).toEqual(userPools.map(({ id }) => id));
    expect(reordered.appClients).toEqual(appClients);
  });

  it('give way to those that the metadata pins', () => {
    const pinned = load(`
Resources:
  One: { Type: AWS::Cognito::UserPool, Metadata: { LocalPool: { Id: us-east-1_Pinned001 } } }
  Web:
    Type: AWS::Cognito::UserPoolClient
    Metadata: { LocalPool: { ClientId: pinned, ClientSecret: pinned-secret } }
    Properties: { UserPoolId: !Ref One, GenerateSecret: true }`);
    expect(pinned.userPools[0]?.id).toBe('us-east-1_Pinned001');
    expect(pinned.appClients[0]).toMatchObject({
      clientId: 'pinned',
      secrets: [{ value: 'pinned-secret' }],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { load } from './load.ts';

const pool = (properties: string) => `
Resources:
  People: { Type: AWS::Cognito::UserPool, Properties: { ${properties} } }`;

const client = (properties: string) => `
Resources:
  People:
    Type: AWS::Cognito::UserPool
    Properties: { Schema: [{ Name: plan }] }
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: !Ref People, ${properties} }`;

describe('attributes that CloudFormation would refuse', () => {
  it.each([
    [
      'sign-in by attribute and by alias at once',
      pool('UsernameAttributes: [email], AliasAttributes: [email]'),
      'People.AliasAttributes: Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
    ],
    [
      'a required custom attribute',
      pool('Schema: [{ Name: plan, Required: true }]'),
      'People.Schema: Required custom attributes are not supported currently.',
    ],
    [
      'reading what is not in the schema',
      client('ReadAttributes: [email, "custom:tenant"]'),
      'Web.ReadAttributes: Invalid read attributes specified while creating a client.',
    ],
    [
      'writing what is not in the schema',
      client('WriteAttributes: [plan]'),
      'Web.WriteAttributes: Invalid write attributes specified while creating a client.',
    ],
    [
      'writing that an address is verified',
      client('WriteAttributes: [email, email_verified]'),
      'Web.WriteAttributes: Invalid write attributes specified while creating a client.',
    ],
    [
      'a scope of people for a machine',
      client(
        'GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: [client_credentials], AllowedOAuthScopes: [openid]',
      ),
      'Web.AllowedOAuthScopes: openid is not supported with client_credentials flow.',
    ],
  ])('stop the start with one sentence: %s', (_, text, sentence) => {
    expect(() => load(text)).toThrow(sentence);
  });

  it('load when they are in order', () => {
    const [web] = load(
      client('ReadAttributes: [sub, email, email_verified, "custom:plan"], WriteAttributes: [email]'),
    ).appClients;
    expect(web?.readAttributes).toEqual(['sub', 'email', 'email_verified', 'custom:plan']);
  });
});

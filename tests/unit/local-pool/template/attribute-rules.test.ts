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
      'People.AliasAttributes: cannot stand beside UsernameAttributes.',
    ],
    [
      'a required custom attribute',
      pool('Schema: [{ Name: plan, Required: true }]'),
      'People.Schema.0.Required: custom attributes cannot be required.',
    ],
    [
      'reading what is not in the schema',
      client('ReadAttributes: [email, "custom:tenant"]'),
      'Web.ReadAttributes: the user pool has no attribute custom:tenant.',
    ],
    [
      'writing what is not in the schema',
      client('WriteAttributes: [plan]'),
      'Web.WriteAttributes: the user pool has no attribute plan.',
    ],
    [
      'writing that an address is verified',
      client('WriteAttributes: [email, email_verified]'),
      'Web.WriteAttributes: a client cannot write what says that an address is verified.',
    ],
    [
      'a scope of people for a machine',
      client(
        'GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: [client_credentials], AllowedOAuthScopes: [openid]',
      ),
      'Web.AllowedOAuthScopes: client_credentials takes scopes of resource servers only.',
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

import { describe, expect, it } from 'vitest';
import { load } from '../template/load.ts';

const text = (more: string, properties = '') => `
Resources:
  People: { Type: AWS::Cognito::UserPool, Metadata: { LocalPool: { Id: us-east-1_People001 } } }
  Web:
    Type: AWS::Cognito::UserPoolClient
    Metadata: { LocalPool: { ClientId: web } }
    Properties: { UserPoolId: !Ref People }
  Identities:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: "false"
      CognitoIdentityProviders:
        - ProviderName: !GetAtt People.ProviderName
          ClientId: !Ref Web
          ServerSideTokenCheck: true
      ${properties}
${more}`;

const provider = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_People001';

describe('an identity pool of a template', () => {
  it('has an ID that a restart does not change, or the one that is pinned', () => {
    const [first] = load(text('')).identityPools;
    expect(first?.id).toMatch(/^us-east-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(load(text('')).identityPools[0]?.id).toBe(first?.id);
    const pinned = text('').replace(
      'Type: AWS::Cognito::IdentityPool',
      'Type: AWS::Cognito::IdentityPool\n    Metadata: { LocalPool: { Id: "us-east-1:00000000-0000-0000-0000-000000000001" } }',
    );
    expect(load(pinned).identityPools[0]?.id).toBe('us-east-1:00000000-0000-0000-0000-000000000001');
  });

  it('has its providers, roles, mappings and tags', () => {
    const [identityPool] = load(
      text(
        `
  AuthenticatedRole: { Type: AWS::IAM::Role }
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties:
      IdentityPoolId: !Ref Identities
      Roles: { authenticated: !GetAtt AuthenticatedRole.Arn }
      RoleMappings:
        people:
          IdentityProvider: !Sub "\${People.ProviderName}:\${Web}"
          Type: Token
          AmbiguousRoleResolution: Deny
        accounts.google.com:
          Type: Rules
          AmbiguousRoleResolution: AuthenticatedRole
          RulesConfiguration:
            Rules: [{ Claim: aud, MatchType: Equals, Value: app, RoleARN: role }]
  Tags:
    Type: AWS::Cognito::IdentityPoolPrincipalTag
    Properties:
      IdentityPoolId: !Ref Identities
      IdentityProviderName: !GetAtt People.ProviderName
      UseDefaults: false
      PrincipalTags: { dept: "custom:dept" }`,
        'IdentityPoolTags: [{ Key: stage, Value: dev }]',
      ),
    ).identityPools;
    expect(identityPool).toMatchObject({
      name: 'Identities',
      allowUnauthenticated: false,
      cognitoIdentityProviders: [{ providerName: provider, clientId: 'web', serverSideTokenCheck: true }],
      tags: { stage: 'dev' },
      roles: { authenticated: 'arn:aws:iam::000000000000:role/local-AuthenticatedRole' },
      roleMappings: {
        [`${provider}:web`]: { type: 'Token', ambiguousRoleResolution: 'Deny' },
        'accounts.google.com': {
          type: 'Rules',
          ambiguousRoleResolution: 'AuthenticatedRole',
          rules: [{ claim: 'aud', matchType: 'Equals', value: 'app', roleArn: 'role' }],
        },
      },
      principalTags: { [provider]: { useDefaults: false, tags: { dept: 'custom:dept' } } },
    });
  });

  const roles = (properties: string) => `
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties: { IdentityPoolId: !Ref Identities, ${properties} }`;
  it.each([
    [
      'a property that is not honoured',
      text('', 'CognitoStreams: {}'),
      'Identities.CognitoStreams: cannot be honoured',
    ],
    [
      'roles of another pool',
      text(roles('Roles: {}').replace('!Ref Identities', 'elsewhere')),
      'Roles.IdentityPoolId: elsewhere is no identity pool of this template.',
    ],
    [
      'an incomplete mapping',
      text(roles('RoleMappings: { p: { Type: Token } }')),
      'Roles.RoleMappings: AmbiguousRoleResolution is required',
    ],
    ['an unknown role', text(roles('Roles: { admin: x }')), 'Roles.Roles.admin: cannot be honoured'],
  ])('stops the start with one sentence for %s', (_, template, sentence) => {
    expect(() => load(template)).toThrow(sentence);
  });
});

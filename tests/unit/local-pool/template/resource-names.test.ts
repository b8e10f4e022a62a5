import { describe, expect, it } from 'vitest';
import { load } from './load.ts';

const template = `
Parameters:
  Prefix: { Type: String, Default: shop }
Resources:
  People: { Type: AWS::Cognito::UserPool }
  Domain:
    Type: AWS::Cognito::UserPoolDomain
    Properties: { UserPoolId: !Ref People, Domain: !Sub "\${Prefix}-login" }
  Api:
    Type: AWS::Cognito::UserPoolResourceServer
    Properties:
      UserPoolId: !Ref People
      Identifier: !Join ["/", ["https://api.example.com", !Ref People]]
      Name: Api
      Scopes: [{ ScopeName: read, ScopeDescription: Read }]
  Staff:
    Type: AWS::Cognito::UserPoolGroup
    Properties: { UserPoolId: !Ref People, GroupName: staff, Description: !Ref Domain }
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref People
      ClientName: !Sub "\${Domain} for \${Staff}"
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [code]
      AllowedOAuthScopes: [!Sub "\${Api}/read"]
      CallbackURLs: ["https://app.example.com/callback"]
`;

describe('Ref of a resource that a property names', () => {
  const { userPools, appClients, groups } = load(template);

  it('gives the domain prefix and the group name', () => {
    expect(appClients[0]?.clientName).toBe('shop-login for staff');
    expect(groups[0]?.description).toBe('shop-login');
  });

  it('gives the identifier of a resource server, even one that is made from another ID', () => {
    expect(appClients[0]?.allowedOAuthScopes).toEqual([`https://api.example.com/${userPools[0]?.id}/read`]);
  });
});

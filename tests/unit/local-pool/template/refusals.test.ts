import { describe, expect, it } from 'vitest';
import { load } from './load.ts';

const pool = (properties: string) => `
Resources:
  People:
    Type: AWS::Cognito::UserPool
    Properties: ${properties}`;

const client = (properties: string) => `
Resources:
  People: { Type: AWS::Cognito::UserPool }
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: !Ref People, ${properties} }`;

const resource = (type: string, properties = '{}') => `
Resources:
  People: { Type: AWS::Cognito::UserPool }
  Other: { Type: "${type}", Properties: ${properties} }`;

describe('a template that cannot be honoured', () => {
  it.each([
    ['an unknown property', pool('{ Colour: red }'), 'People.Colour: cannot be honoured by the local pool.'],
    [
      'an unknown property further in',
      pool('{ Policies: { PasswordPolicy: { MinimumAge: 3 } } }'),
      'People.Policies.PasswordPolicy.MinimumAge: cannot be honoured by the local pool.',
    ],
    [
      'MFA without a factor',
      pool('{ MfaConfiguration: "ON" }'),
      'People.MfaConfiguration: SMS configuration and Auto verification for phone_number are required',
    ],
    [
      'a trigger that is not run',
      pool('{ LambdaConfig: { CustomSMSSender: { LambdaArn: a, LambdaVersion: V1_0 } } }'),
      'People.LambdaConfig.CustomSMSSender: cannot be honoured by the local pool.',
    ],
    [
      'a trigger of no function',
      pool('{ LambdaConfig: { PreSignUp: "arn:aws:lambda:us-east-1:000000000000:function:nobody" } }'),
      'People.LambdaConfig: arn:aws:lambda:us-east-1:000000000000:function:nobody is no function',
    ],
    [
      'sign-in without passwords',
      pool('{ Policies: { SignInPolicy: { AllowedFirstAuthFactors: [EMAIL_OTP] } } }'),
      'People.Policies: PASSWORD must be one of the AllowedFirstAuthFactors.',
    ],
    ['a text for a list', pool('{ UsernameAttributes: email }'), 'People.UsernameAttributes: '],
    [
      'a word for a number',
      pool('{ Policies: { PasswordPolicy: { MinimumLength: ten } } }'),
      'People.Policies.PasswordPolicy.MinimumLength: ',
    ],
    [
      'a number out of range',
      pool('{ Policies: { PasswordPolicy: { MinimumLength: 5 } } }'),
      'People.Policies.PasswordPolicy.MinimumLength: ',
    ],
    ['an unknown choice', pool('{ AutoVerifiedAttributes: [fax] }'), 'People.AutoVerifiedAttributes.0: '],
    [
      'an unknown client property',
      client('Colour: red'),
      'Web.Colour: cannot be honoured by the local pool.',
    ],
    [
      'a foreign identity provider',
      client('SupportedIdentityProviders: [Google]'),
      'Web.SupportedIdentityProviders: The provider Google does not exist for User Pool us-east-1_',
    ],
    [
      'a callback URL with a fragment',
      client('CallbackURLs: ["https://a.example/#x"]'),
      'Web.CallbackURLs: https://a.example/#x must be an absolute https URL',
    ],
    [
      'a callback URL on plain http',
      client('CallbackURLs: ["http://a.example/"]'),
      'Web.CallbackURLs: http://a.example/ must be',
    ],
    [
      'a flow without callback URLs',
      client('AllowedOAuthFlows: [code]'),
      'Web.CallbackURLs: CallbackURLs is required by the code',
    ],
    [
      'a default that is no callback URL',
      client('DefaultRedirectURI: "https://a.example/"'),
      'Web.DefaultRedirectURI: DefaultRedirectURI must be one of CallbackURLs.',
    ],
    [
      'a scope of no resource server',
      client('AllowedOAuthScopes: [notes/read]'),
      'Web.AllowedOAuthScopes: Invalid scope requested: notes/read.',
    ],
    [
      'a token that lives too shortly',
      client('AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: minutes }'),
      'Web.AccessTokenValidity: Invalid range for token validity.',
    ],
    [
      'client_credentials without a secret',
      client('AllowedOAuthFlows: [client_credentials]'),
      'Web.AllowedOAuthFlows: client_credentials flow can not be selected if client does not have',
    ],
    [
      'rotation with the API’s refresh',
      client('RefreshTokenRotation: { Feature: ENABLED }, ExplicitAuthFlows: [ALLOW_REFRESH_TOKEN_AUTH]'),
      'Web.ExplicitAuthFlows: ALLOW_REFRESH_TOKEN_AUTH cannot be used with',
    ],
    [
      'a grace period that is too long',
      client('RefreshTokenRotation: { Feature: ENABLED, RetryGracePeriodSeconds: 61 }'),
      'Web.RefreshTokenRotation.RetryGracePeriodSeconds: ',
    ],
    [
      'an unknown resource type',
      resource('AWS::S3::Bucket'),
      'Other: the resource type AWS::S3::Bucket cannot be honoured by the local pool.',
    ],
    [
      'an unmodelled Cognito type',
      resource('AWS::Cognito::UserPoolUser'),
      'Other: the resource type AWS::Cognito::UserPoolUser cannot',
    ],
    [
      'a group without a name',
      resource('AWS::Cognito::UserPoolGroup', '{ UserPoolId: !Ref People }'),
      'Other.GroupName: ',
    ],
    [
      'a group of a foreign pool',
      resource('AWS::Cognito::UserPoolGroup', '{ UserPoolId: us-east-1_Elsewhere, GroupName: g }'),
      'Other.UserPoolId: us-east-1_Elsewhere is no user pool of this template.',
    ],
    [
      'a custom domain',
      resource('AWS::Cognito::UserPoolDomain', '{ UserPoolId: !Ref People, Domain: auth.example.com }'),
      'Other.Domain: must be a prefix',
    ],
    [
      'a function without source',
      resource(
        'AWS::Lambda::Function',
        '{ Code: ./nowhere, Handler: index.handler, Runtime: nodejs24.x, Role: r }',
      ),
      'Other.Handler: there is no source file',
    ],
    [
      'code from a bucket',
      resource(
        'AWS::Lambda::Function',
        '{ Code: { S3Bucket: b }, Handler: index.handler, Runtime: nodejs24.x, Role: r }',
      ),
      'Other.Code: must be a folder beside the template.',
    ],
    [
      'an unknown section',
      `${pool('{}')}\nTransform: AWS::Serverless-2016-10-31`,
      'template.yaml.Transform: cannot be honoured',
    ],
    [
      'no user pool',
      'Resources: { Role: { Type: "AWS::IAM::Role" } }',
      'there is no AWS::Cognito::UserPool.',
    ],
    ['no YAML', 'Resources: [', 'template.yaml is not valid YAML: '],
    [
      'an alias',
      'Resources: { A: &a { Type: x }, B: *a }',
      'YAML aliases are not supported by CloudFormation.',
    ],
  ])('%s is refused by logical id and property', (_, text, message) => {
    expect(() => load(text)).toThrow(message);
    expect(() => load(text)).toThrow(expect.objectContaining({ name: 'StartError' }));
  });
});

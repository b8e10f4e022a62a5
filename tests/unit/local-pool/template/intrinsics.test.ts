import { describe, expect, it } from 'vitest';
import { load, nameOf } from './load.ts';

const surroundings = `
Parameters:
  Stage: { Type: String, Default: dev }
  Names: { Type: CommaDelimitedList, Default: "a,b,c" }
Mappings:
  ByStage: { dev: { Name: from-map } }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsLive: !Not [!Condition IsDev]`;

const forms: [short: string, long: string, value: string][] = [
  ['!Ref Stage', '{ Ref: Stage }', 'dev'],
  ['!Ref AWS::Region', '{ Ref: "AWS::Region" }', 'us-east-1'],
  [`!Sub "x-\${Stage}"`, `{ "Fn::Sub": "x-\${Stage}" }`, 'x-dev'],
  [
    `!Sub "\${!Stage}-\${AWS::StackName}"`,
    `{ "Fn::Sub": "\${!Stage}-\${AWS::StackName}" }`,
    `\${Stage}-local`,
  ],
  [
    `!Sub ["\${A}\${Stage}", { A: !Ref Stage }]`,
    `{ "Fn::Sub": ["\${A}\${Stage}", { A: { Ref: Stage } }] }`,
    'devdev',
  ],
  ['!Join ["-", [a, !Ref Stage]]', '{ "Fn::Join": ["-", [a, { Ref: Stage }]] }', 'a-dev'],
  ['!Join ["", !Ref Names]', '{ "Fn::Join": ["", { Ref: Names }] }', 'abc'],
  ['!Select [1, !Ref Names]', '{ "Fn::Select": [1, { Ref: Names }] }', 'b'],
  ['!Select [2, !Split [".", x.y.z]]', '{ "Fn::Select": ["2", { "Fn::Split": [".", x.y.z] }] }', 'z'],
  [
    '!FindInMap [ByStage, !Ref Stage, Name]',
    '{ "Fn::FindInMap": [ByStage, { Ref: Stage }, Name] }',
    'from-map',
  ],
  ['!If [IsDev, yes-it-is, no]', '{ "Fn::If": [IsDev, yes-it-is, no] }', 'yes-it-is'],
  [
    `!If [IsLive, live, !Sub "\${Stage}!"]`,
    `{ "Fn::If": [IsLive, live, { "Fn::Sub": "\${Stage}!" }] }`,
    'dev!',
  ],
];

describe('intrinsic functions', () => {
  it.each(forms)('%s and its long form give the same', (short, long, value) => {
    expect(nameOf(short, surroundings)).toBe(value);
    expect(nameOf(long, surroundings)).toBe(value);
  });

  it('Ref and GetAtt reach resources that come later', () => {
    const { groups, functions } = load(`
Resources:
  Group:
    Type: AWS::Cognito::UserPoolGroup
    Properties:
      UserPoolId: !Ref Pool
      GroupName: !GetAtt Client.ClientId
      Description: !GetAtt [Pool, Arn]
      RoleArn: { "Fn::GetAtt": [Role, Arn] }
  Client:
    Type: AWS::Cognito::UserPoolClient
    Metadata: { LocalPool: { ClientId: pinned-client } }
    Properties: { UserPoolId: !Ref Pool }
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: { LocalPool: { Id: us-east-1_Pinned001 } }
  Role: { Type: AWS::IAM::Role }`);
    expect(groups).toEqual([
      {
        userPoolId: 'us-east-1_Pinned001',
        name: 'pinned-client',
        description: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Pinned001',
        roleArn: 'arn:aws:iam::000000000000:role/local-Role',
      },
    ]);
    expect(functions).toEqual([]);
  });

  it('NoValue leaves out members and list items', () => {
    const text = (list: string, member: string) => `
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties:
      AutoVerifiedAttributes: ${list}
      MfaConfiguration: ${member}`;
    const [userPool] = load(text('[email, !Ref AWS::NoValue]', '!Ref AWS::NoValue')).userPools;
    expect(userPool?.autoVerifiedAttributes).toEqual(['email']);
    expect(userPool?.mfaConfiguration).toBe('OFF');
  });

  it('NoValue is what If may choose', () => {
    expect(nameOf('!If [IsLive, live, !Ref AWS::NoValue]', surroundings)).toBe('Pool');
  });

  it.each([
    ['!Ref Nothing', 'there is no parameter or resource Nothing'],
    [`!Sub "\${Nothing}"`, 'there is no parameter or resource Nothing'],
    ['!GetAtt Pool.Nothing', 'Fn::GetAtt Pool.Nothing is not known to the local pool'],
    ['!FindInMap [ByStage, live, Name]', 'Fn::FindInMap finds nothing at ByStage.live.Name'],
    ['!FindInMap [ByStage, constructor, name]', 'Fn::FindInMap finds nothing at ByStage.constructor.name'],
    ['!Select [3, !Ref Names]', 'Fn::Select is out of range'],
    ['!If [Nothing, a, b]', 'a condition is expected'],
    ['!If [IsDev, a]', 'a list of 3 values is expected'],
    ['!Join ["-", x]', 'a list is expected'],
    ['!ImportValue x', 'the function Fn::ImportValue cannot be honoured by the local pool'],
    ['!Base64 x', 'the function Fn::Base64 cannot be honoured by the local pool'],
    ['{ "Fn::Transform": {} }', 'the function Fn::Transform cannot be honoured by the local pool'],
  ])('%s is refused, naming resource and property', (value, reason) => {
    expect(() => nameOf(value, surroundings)).toThrow(`Pool.UserPoolName: ${reason}.`);
  });
});

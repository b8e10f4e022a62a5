import { describe, expect, it } from 'vitest';
import { load, nameOf } from './load.ts';

const parameters = 'Parameters:\n  Stage: { Type: String, Default: dev }\n';

describe('conditions', () => {
  it.each([
    [
      'in order',
      ['A: !Equals [!Ref Stage, dev]', 'B: !Not [!Condition A]', 'C: !Or [!Condition B, !Condition A]'],
    ],
    [
      'in reverse',
      ['C: !Or [!Condition B, !Condition A]', 'B: !Not [!Condition A]', 'A: !Equals [!Ref Stage, dev]'],
    ],
    [
      'in the long form',
      [
        'C: { "Fn::Or": [{ Condition: B }, { Condition: A }] }',
        'B: { "Fn::Not": [{ Condition: A }] }',
        'A: { "Fn::Equals": [{ Ref: Stage }, dev] }',
      ],
    ],
  ])('use each other %s', (_, lines) => {
    const rest = `${parameters}Conditions:\n${lines.map((line) => `  ${line}`).join('\n')}`;
    const value = `!Sub ["\${X}\${Y}\${Z}", { X: !If [A, a, "-"], Y: !If [B, b, "-"], Z: !If [C, c, "-"] }]`;
    expect(nameOf(value, rest)).toBe('a-c');
    expect(nameOf(value, rest, { Stage: 'live' })).toBe('-bc');
  });

  it.each([
    ['itself', 'A: !Not [!Condition A]'],
    ['a circle', 'A: !Not [!Condition B]\n  B: !Not [!Condition C]\n  C: !And [!Condition A, !Condition B]'],
  ])('that depend on %s are refused by name', (_, lines) => {
    expect(() => nameOf('!If [A, a, b]', `Conditions:\n  ${lines}`)).toThrow(
      /^Conditions\.A: depends on itself\.$/,
    );
  });

  it('that are none are refused by name', () => {
    expect(() => nameOf('!If [A, a, b]', 'Conditions:\n  A: yes please')).toThrow(
      'Conditions.A: is not a condition.',
    );
    expect(() => nameOf('!If [A, a, b]', 'Conditions:\n  A: !Not [!Condition B]')).toThrow(
      'Conditions.A: a condition is expected.',
    );
  });

  const withClient = (name: string) => `${parameters}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: { UserPoolName: ${name} }
  Client:
    Type: AWS::Cognito::UserPoolClient
    Condition: IsLive
    Properties: { UserPoolId: !Ref Pool }`;

  it('leave out a resource whose condition is false', () => {
    expect(load(withClient('people')).appClients).toEqual([]);
    expect(load(withClient('people'), { Stage: 'live' }).appClients).toHaveLength(1);
  });

  it('leave out even a resource of an unknown type', () => {
    const text = withClient('people').replace('AWS::Cognito::UserPoolClient', 'AWS::S3::Bucket');
    expect(load(text).userPools).toHaveLength(1);
    expect(() => load(text, { Stage: 'live' })).toThrow('Client: the resource type AWS::S3::Bucket');
  });

  it('a reference to a resource that is left out is refused', () => {
    expect(() => load(withClient('!Ref Client'))).toThrow(
      'Pool.UserPoolName: there is no parameter or resource Client.',
    );
  });

  it('a resource with an unknown condition is refused by name', () => {
    expect(() => load(withClient('people').replace('Condition: IsLive', 'Condition: Nothing'))).toThrow(
      'Client.Condition: there is no condition Nothing.',
    );
  });
});

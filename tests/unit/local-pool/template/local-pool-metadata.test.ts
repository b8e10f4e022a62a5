import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load, loadFile } from './load.ts';

const pool = (metadata: string, properties = '{}') => `
Resources:
  People:
    Type: AWS::Cognito::UserPool
    Metadata: { LocalPool: ${metadata} }
    Properties: ${properties}`;

const names = (...levels: number[]) => levels.map((level) => `urn:cognito:loa:${level}`);

describe('Metadata: LocalPool:', () => {
  it('holds properties that CloudFormation does not know', () => {
    const named = '{ Properties: { AcrConfiguration: { Level4: { AcrValue: !Ref AWS::StackName } } } }';
    expect(load(pool(named)).userPools[0]?.acrValues).toEqual([...names(1, 2, 3), 'local']);
    expect(load(pool('{}')).userPools[0]?.acrValues).toBeUndefined();
  });

  it('has the demonstration pool tell how people signed in', () => {
    const { userPools } = loadFile(join(import.meta.dirname, '../../../../infra/template.yaml'));
    expect(userPools[0]?.acrValues).toEqual(names(1, 2, 3, 4));
  });

  it.each([
    ['{ Properties: { Colour: red } }', '{}', 'People.Colour: cannot be honoured by the local pool.'],
    ['{ Identifier: x }', '{}', 'LocalPool.Identifier: cannot be honoured by the local pool.'],
    [
      '{ Properties: { AcrConfiguration: { Level1: { AcrValue: "a b" } } } }',
      '{}',
      'People.AcrConfiguration.Level1.AcrValue: must match',
    ],
    [
      '{ Properties: { AcrConfiguration: {} } }',
      '{ UserPoolTier: LITE }',
      'People.AcrConfiguration: AcrConfiguration needs the Essentials or Plus feature plan.',
    ],
  ])('is refused as %s', (metadata, properties, message) => {
    expect(() => load(pool(metadata, properties))).toThrow(message);
  });
});

import { userPoolArn } from '../model/user-pool.ts';
import { accountId, derivedClientId, derivedClientSecret, derivedUserPoolId, region } from './identifiers.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { derivedIdentityPoolId } from './resources/identity-pool.ts';
import { lambdaArn } from './resources/lambda-function.ts';
import type { Resource } from './template-document.ts';

export type Entry = readonly [logicalId: string, resource: Resource];

/** What `Ref` and `Fn::GetAtt` of a resource give. */
export interface Handle {
  ref: string;
  attributes: Readonly<Record<string, string>>;
}

/** The property that `Ref` gives, of resources that have one. */
const namedBy: Readonly<Record<string, string>> = {
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::Cognito::UserPoolGroup': 'GroupName',
  'AWS::Cognito::UserPoolIdentityProvider': 'ProviderName',
  'AWS::Cognito::UserPoolResourceServer': 'Identifier',
};

/** How `Ref` and `Fn::GetAtt` see a resource whose ID is derived or pinned by `Metadata.LocalPool`. */
export function handleOf(
  logicalId: string,
  { Type, Metadata, Properties }: Resource,
  stackName: string,
): Handle {
  const seed = `${stackName}/${logicalId}`;
  const pinned = Metadata?.LocalPool ?? {};
  switch (Type) {
    case 'AWS::Cognito::UserPool': {
      const ref = pinned.Id ?? derivedUserPoolId(seed);
      return {
        ref,
        attributes: {
          Arn: userPoolArn(ref),
          UserPoolId: ref,
          ProviderName: `cognito-idp.${region}.amazonaws.com/${ref}`,
          ProviderURL: `https://cognito-idp.${region}.amazonaws.com/${ref}`,
        },
      };
    }
    case 'AWS::Cognito::UserPoolClient': {
      const ref = pinned.ClientId ?? derivedClientId(seed);
      return {
        ref,
        attributes: {
          ClientId: ref,
          ClientSecret: pinned.ClientSecret ?? derivedClientSecret(seed),
          Name: logicalId,
        },
      };
    }
    case 'AWS::Cognito::IdentityPool': {
      const ref = pinned.Id ?? derivedIdentityPoolId(seed);
      const name = Properties.IdentityPoolName;
      return { ref, attributes: { Id: ref, ...(typeof name === 'string' && { Name: name }) } };
    }
    case 'AWS::Lambda::Function': {
      const ref =
        typeof Properties.FunctionName === 'string' ? Properties.FunctionName : `${stackName}-${logicalId}`;
      return { ref, attributes: { Arn: lambdaArn(ref) } };
    }
    case 'AWS::IAM::Role': {
      const ref = `${stackName}-${logicalId}`;
      return { ref, attributes: { Arn: `arn:aws:iam::${accountId}:role/${ref}` } };
    }
    default:
      return { ref: `${stackName}-${logicalId}`, attributes: {} };
  }
}

/** `Ref` of these gives a property, which may itself be made from the IDs of others. */
export function withNames(
  ids: Scope['resources'],
  entries: readonly Entry[],
  scope: Omit<Scope, 'resources'>,
): Scope['resources'] {
  const named = entries.flatMap(([logicalId, { Type, Properties }]) => {
    const property = namedBy[Type];
    if (property === undefined || Properties[property] === undefined) return [];
    const ref = resolve(Properties[property], { ...scope, resources: ids }, `${logicalId}.${property}`);
    return [[logicalId, { ref: String(ref), attributes: {} }] as const];
  });
  return new Map([...ids, ...named]);
}

import { basename, dirname } from 'node:path';
import type { z } from 'zod';
import { StartError } from '../errors.ts';
import { customScopesOf } from '../model/resource-server.ts';
import type { UserPool } from '../model/user-pool.ts';
import { accountId, derivedClientId, derivedClientSecret, derivedUserPoolId, region } from './identifiers.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { parseTemplate } from './parse-template.ts';
import { readText } from './read-text.ts';
import { lambdaArn, lambdaFunctionProperties, triggerFunctionOf } from './resources/lambda-function.ts';
import { userPoolArn, userPoolOf, userPoolProperties } from './resources/user-pool.ts';
import { appClientOf, clientProblem, userPoolClientProperties } from './resources/user-pool-client.ts';
import { managedLoginBrandingProperties, userPoolDomainProperties } from './resources/user-pool-domain.ts';
import { groupOf, userPoolGroupProperties } from './resources/user-pool-group.ts';
import { resourceServerOf, userPoolResourceServerProperties } from './resources/user-pool-resource-server.ts';
import type { Stack } from './stack.ts';
import { firstProblem, type Resource, readDocument, scopeOf } from './template-document.ts';

/** What AWS needs around a trigger, and a local process does not. */
const withoutEffect = [
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
];

const standardScopes = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

/** The property that `Ref` gives, of resources that have one. */
const namedBy: Readonly<Record<string, string>> = {
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::Cognito::UserPoolGroup': 'GroupName',
  'AWS::Cognito::UserPoolResourceServer': 'Identifier',
};

/** How `Ref` and `Fn::GetAtt` see a resource. IDs come first, because resources refer to each other in any order. */
function handleOf(logicalId: string, { Type, Metadata, Properties }: Resource, stackName: string) {
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
function withNames(ids: Scope['resources'], entries: readonly Entry[], scope: Omit<Scope, 'resources'>) {
  const named = entries.flatMap(([logicalId, { Type, Properties }]) => {
    const property = namedBy[Type];
    if (property === undefined || Properties[property] === undefined) return [];
    const ref = resolve(Properties[property], { ...scope, resources: ids }, `${logicalId}.${property}`);
    return [[logicalId, { ref: String(ref), attributes: {} }] as const];
  });
  return new Map([...ids, ...named]);
}

type Entry = readonly [logicalId: string, resource: Resource];

class TemplateReader {
  readonly #entries: Entry[];
  readonly #scope: Scope;
  readonly #read = new Set<string>();

  constructor(entries: Entry[], scope: Scope) {
    this.#entries = entries;
    this.#scope = scope;
    for (const [logicalId, { Type }] of entries) if (withoutEffect.includes(Type)) this.#read.add(logicalId);
  }

  /** Every resource of a type, its functions resolved and its properties checked. */
  all<Properties>(
    type: string,
    schema: z.ZodType<Properties>,
  ): {
    logicalId: string;
    ref: string;
    attributes: Readonly<Record<string, string>>;
    properties: Properties;
  }[] {
    return this.#entries
      .filter(([, { Type }]) => Type === type)
      .map(([logicalId, resource]) => {
        this.#read.add(logicalId);
        const resolved = resolve(resource.Properties, this.#scope, logicalId);
        const result = schema.safeParse(resolved);
        if (!result.success) throw firstProblem(result.error, logicalId);
        const handle = this.#scope.resources.get(logicalId) ?? { ref: logicalId, attributes: {} };
        return { logicalId, ...handle, properties: result.data };
      });
  }

  /** @throws StartError naming the first resource that nobody asked for */
  requireAllRead(): void {
    const left = this.#entries.find(([logicalId]) => !this.#read.has(logicalId));
    if (left)
      throw new StartError(
        `${left[0]}: the resource type ${left[1].Type} cannot be honoured by the local pool.`,
      );
  }
}

function reader(
  file: string,
  parameters: Readonly<Record<string, string>>,
  stackName: string,
): TemplateReader {
  const template = readDocument(parseTemplate(readText(file), file), basename(file));
  const scope = scopeOf(template, parameters, stackName);
  const entries = Object.entries(template.Resources).filter(([logicalId, { Condition }]) => {
    const wanted = Condition === undefined || scope.conditions.get(Condition);
    if (wanted === undefined)
      throw new StartError(`${logicalId}.Condition: there is no condition ${Condition}.`);
    return wanted;
  });
  const ids = new Map(
    entries.map(([logicalId, resource]) => [logicalId, handleOf(logicalId, resource, stackName)]),
  );
  return new TemplateReader(entries, { ...scope, resources: withNames(ids, entries, scope) });
}

function poolOf(userPools: readonly UserPool[], id: string, logicalId: string): UserPool {
  const found = userPools.find((userPool) => userPool.id === id);
  if (!found) throw new StartError(`${logicalId}.UserPoolId: ${id} is no user pool of this template.`);
  return found;
}

/**
 * Loads the CloudFormation template that creates the user pool in AWS as the configuration of the local one.
 * @param baseUrl the local pool's origin, from which issuers are made
 * @throws StartError naming the resource and property that cannot be honoured
 */
export function loadTemplate(
  file: string,
  parameters: Readonly<Record<string, string>>,
  baseUrl: string,
): Stack {
  const template = reader(file, parameters, 'local');
  const userPools = template
    .all('AWS::Cognito::UserPool', userPoolProperties)
    .map(({ logicalId, ref, properties }) => userPoolOf(logicalId, ref, `${baseUrl}/${ref}`, properties));

  for (const { logicalId, properties } of template.all(
    'AWS::Cognito::UserPoolDomain',
    userPoolDomainProperties,
  )) {
    const { Domain, ManagedLoginVersion } = properties;
    poolOf(userPools, properties.UserPoolId, logicalId).domain = {
      name: Domain,
      managedLoginVersion: ManagedLoginVersion,
    };
  }
  for (const { logicalId, properties } of template.all(
    'AWS::Cognito::UserPoolResourceServer',
    userPoolResourceServerProperties,
  )) {
    poolOf(userPools, properties.UserPoolId, logicalId).resourceServers.push(resourceServerOf(properties));
  }
  const branded = template
    .all('AWS::Cognito::ManagedLoginBranding', managedLoginBrandingProperties)
    .map(({ properties }) => properties.ClientId);
  const appClients = template.all('AWS::Cognito::UserPoolClient', userPoolClientProperties).map((client) => {
    const { logicalId, ref, attributes, properties } = client;
    const userPool = poolOf(userPools, properties.UserPoolId, logicalId);
    const problem = clientProblem(
      properties,
      new Set([...standardScopes, ...customScopesOf(userPool.resourceServers)]),
      new Set(['sub', ...userPool.schema.keys()]),
    );
    if (problem) throw new StartError(`${logicalId}.${problem}.`);
    const identity = { clientId: ref, clientSecret: attributes.ClientSecret ?? '' };
    return appClientOf(logicalId, identity, properties, branded.includes(ref));
  });
  const groups = template
    .all('AWS::Cognito::UserPoolGroup', userPoolGroupProperties)
    .map(({ logicalId, properties }) => {
      poolOf(userPools, properties.UserPoolId, logicalId);
      return groupOf(properties);
    });
  const functions = template
    .all('AWS::Lambda::Function', lambdaFunctionProperties)
    .map(({ logicalId, ref, properties }) => triggerFunctionOf(logicalId, ref, dirname(file), properties));
  for (const { name, lambdaConfig } of userPools) {
    const arn = lambdaConfig.preTokenGeneration?.functionArn;
    if (arn && !functions.some((known) => known.arn === arn))
      throw new StartError(`${name}.LambdaConfig: ${arn} is no function of this template.`);
  }
  template.requireAllRead();
  if (userPools.length === 0) throw new StartError(`${file}: there is no AWS::Cognito::UserPool.`);
  return { userPools, appClients, groups, functions };
}

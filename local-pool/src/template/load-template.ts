import { dirname } from 'node:path';
import type { AppClientDocument } from '../configuration/app-client-document.ts';
import { appClientProblem } from '../configuration/app-client-rules.ts';
import { identityProviderProblem } from '../configuration/identity-provider-rules.ts';
import type { UserPoolDocument } from '../configuration/user-pool-document.ts';
import { userPoolOf } from '../configuration/user-pool-of.ts';
import { type Problem, userPoolProblem } from '../configuration/user-pool-rules.ts';
import { StartError } from '../errors.ts';
import { functionNameOf } from '../lambda/handler-module.ts';
import { identityPoolsOf } from './resources/identity-pools.ts';
import { lambdaFunctionProperties, triggerFunctionOf } from './resources/lambda-function.ts';
import { brandingDocumentOf, managedLoginBrandingProperties } from './resources/managed-login-branding.ts';
import { userPoolDocumentOf, userPoolProperties } from './resources/user-pool.ts';
import { appClientDocumentOf, userPoolClientProperties } from './resources/user-pool-client.ts';
import { domainDocumentOf, userPoolDomainProperties } from './resources/user-pool-domain.ts';
import { groupOf, userPoolGroupProperties } from './resources/user-pool-group.ts';
import {
  identityProviderDocumentOf,
  userPoolIdentityProviderProperties,
} from './resources/user-pool-identity-provider.ts';
import {
  resourceServerDocumentOf,
  userPoolResourceServerProperties,
} from './resources/user-pool-resource-server.ts';
import type { Stack } from './stack.ts';
import { readTemplate, type TemplateReader } from './template-reader.ts';

/**
 * Loads the CloudFormation template that creates user pools in AWS as the configuration of the local ones.
 * @param functionsElsewhere whether triggers may name functions that are not of the template (a handlers folder)
 * @throws StartError naming the resource and property that cannot be honoured
 */
export function loadTemplate(
  file: string,
  parameters: Readonly<Record<string, string>>,
  functionsElsewhere = false,
): Stack {
  const template = readTemplate(file, parameters, 'local');
  const userPools = readUserPools(template);
  const stack = {
    userPools,
    appClients: readAppClients(template, userPools),
    groups: template
      .all('AWS::Cognito::UserPoolGroup', userPoolGroupProperties)
      .map(({ logicalId, properties }) => {
        poolOf(userPools, properties.UserPoolId, logicalId);
        return groupOf(properties);
      }),
    functions: template
      .all('AWS::Lambda::Function', lambdaFunctionProperties)
      .map(({ logicalId, ref, properties }) => triggerFunctionOf(logicalId, ref, dirname(file), properties)),
    identityPools: identityPoolsOf(template),
  };
  template.requireAllRead();
  if (userPools.length === 0) throw new StartError(`${file}: there is no AWS::Cognito::UserPool.`);
  if (!functionsElsewhere) requireFunctions(stack);
  return stack;
}

/** User pools with the resources that are part of them. */
function readUserPools(template: TemplateReader): UserPoolDocument[] {
  const resources = template.all('AWS::Cognito::UserPool', userPoolProperties);
  const userPools = resources.map(({ logicalId, ref, properties }) =>
    userPoolDocumentOf(logicalId, ref, properties),
  );
  resources.forEach(({ logicalId }, index) => {
    const document = userPools[index];
    if (document) refuse(logicalId, userPoolProblem(document));
  });
  for (const { logicalId, properties } of template.all(
    'AWS::Cognito::UserPoolDomain',
    userPoolDomainProperties,
  )) {
    const { domains } = poolOf(userPools, properties.UserPoolId, logicalId);
    if (domains.length > 0)
      throw new StartError(`${logicalId}.UserPoolId: the user pool has a domain already.`);
    if (userPools.some((other) => other.domains.some(({ name }) => name === properties.Domain)))
      throw new StartError(`${logicalId}.Domain: ${properties.Domain} is another user pool's domain.`);
    domains.push(domainDocumentOf(properties));
  }
  for (const { logicalId, properties } of template.all(
    'AWS::Cognito::UserPoolResourceServer',
    userPoolResourceServerProperties,
  ))
    poolOf(userPools, properties.UserPoolId, logicalId).resourceServers.push(
      resourceServerDocumentOf(properties),
    );
  for (const { logicalId, properties } of template.all(
    'AWS::Cognito::UserPoolIdentityProvider',
    userPoolIdentityProviderProperties,
  )) {
    refuse(logicalId, identityProviderProblem(properties));
    poolOf(userPools, properties.UserPoolId, logicalId).identityProviders.push(
      identityProviderDocumentOf(properties),
    );
  }
  return userPools;
}

/** App clients with the style of their managed login pages. */
function readAppClients(template: TemplateReader, userPools: UserPoolDocument[]): AppClientDocument[] {
  const appClients = template
    .all('AWS::Cognito::UserPoolClient', userPoolClientProperties)
    .map(({ logicalId, ref, attributes, properties }) => {
      const identity = { clientId: ref, clientSecret: attributes.ClientSecret ?? '' };
      const document = appClientDocumentOf(logicalId, identity, properties);
      const userPool = userPoolOf(poolOf(userPools, properties.UserPoolId, logicalId), '');
      const hasSecret = document.secrets.length > 0;
      refuse(logicalId, appClientProblem(document.settings, { userPool, hasSecret, verb: 'creating' }));
      return document;
    });
  for (const { logicalId, ref, properties } of template.all(
    'AWS::Cognito::ManagedLoginBranding',
    managedLoginBrandingProperties,
  )) {
    const client = appClients.find(({ clientId }) => clientId === properties.ClientId);
    if (!client)
      throw new StartError(
        `${logicalId}.ClientId: ${properties.ClientId} is no app client of this template.`,
      );
    client.branding = brandingDocumentOf(ref, properties);
  }
  return appClients;
}

function poolOf(userPools: readonly UserPoolDocument[], id: string, logicalId: string): UserPoolDocument {
  const found = userPools.find((userPool) => userPool.id === id);
  if (!found) throw new StartError(`${logicalId}.UserPoolId: ${id} is no user pool of this template.`);
  return found;
}

function refuse(logicalId: string, problem: Problem | undefined): void {
  if (problem)
    throw new StartError(`${logicalId}.${problem.member}: ${problem.error.message.replace(/\.$/, '')}.`);
}

function requireFunctions({ userPools, functions }: Stack): void {
  for (const userPool of userPools) {
    const { functions: named, preTokenGeneration } = userPoolOf(userPool, '').lambdaConfig;
    const arns = [...Object.values(named), preTokenGeneration?.functionArn];
    const missing = arns.find(
      (arn) => arn !== undefined && !functions.some(({ name }) => name === functionNameOf(arn)),
    );
    if (missing)
      throw new StartError(`${userPool.name}.LambdaConfig: ${missing} is no function of this template.`);
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, type ScalarTag } from 'yaml';
import { z } from 'zod';
import { pagePolicies } from '../../lib/access/policies.ts';
import type { Policy } from '../../lib/access/policy.ts';

const properties = z.looseObject({
  AllowedOAuthFlows: z.array(z.string()).optional(),
  WriteAttributes: z.array(z.string()).optional(),
});
const template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown() })),
});

/** CloudFormation's short forms; their values play no part here. */
const tags = ['!Ref', '!Sub', '!GetAtt', '!ImportValue'].map(
  (tag): ScalarTag => ({ tag, resolve: (text) => `${tag} ${text}` }),
);

/** The app clients that people sign in through: for them Cognito lets the person write what the client may write. */
function personalAppClients() {
  const text = readFileSync(join(import.meta.dirname, '../../infra/template.yaml'), 'utf8');
  const { Resources } = template.parse(parse(text, { customTags: tags, logLevel: 'silent' }));
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::Cognito::UserPoolClient')
    .map(([name, { Properties }]) => ({ name, ...properties.parse(Properties) }))
    .filter(({ AllowedOAuthFlows }) => !AllowedOAuthFlows?.every((flow) => flow === 'client_credentials'));
}

const policies: Policy[] = Object.values(pagePolicies);
const gates = policies.flatMap(({ claims = [] }) => claims.map(({ claim }) => claim));

it('BS-17 there are custom attributes that gate pages, and app clients that people sign in through', () => {
  expect(gates).toContain('custom:plan');
  expect(personalAppClients().length).toBeGreaterThanOrEqual(2);
});

it('BS-17 no app client lets a person write an attribute that a page is gated on', () => {
  for (const { name, WriteAttributes } of personalAppClients()) {
    // Without the list, Cognito lets an app client write every attribute.
    expect(WriteAttributes, `${name} names what it may write`).toBeDefined();
    for (const gate of gates) expect(WriteAttributes, name).not.toContain(gate);
  }
});

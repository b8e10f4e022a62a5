import { z } from 'zod';
import { matchTypes } from '../../cognito/match-types.ts';
import { operation } from '../operation.ts';
import { seconds } from './fields.ts';

const path = '/api/v1/aws-credentials';
const tag = 'AWS credentials';
const description =
  'Takes the ID token in the place of the access token, because that is what identity pools exchange; its app client has to be among the providers of the identity pool.';
const roleArn = z.string().meta({ example: 'arn:aws:iam::123456789012:role/cabana-people' });

const rule = z
  .object({
    claim: z.string().meta({ example: 'custom:plan' }),
    match: z.enum(matchTypes),
    value: z.string().meta({ example: 'pro' }),
    role_arn: roleArn,
    found: z.string().nullable().meta({ description: 'What the token says, as it is compared' }),
    outcome: z.enum(['matched', 'not_matched', 'not_reached', 'unknown']),
  })
  .meta({ id: 'RoleRule' });

const role = z
  .object({
    role_arn: roleArn.nullable().meta({ description: 'null where the token is given none' }),
    reason: z.enum(['rule', 'preferred_role', 'authenticated_role', 'no_role', 'denied', 'unknown']).meta({
      description:
        'What it follows from: a rule, the claim cognito:preferred_role, or the role for everybody who is signed in',
    }),
    rules: z
      .array(rule)
      .meta({ description: 'In the order of the identity pool; the first that matches counts' }),
  })
  .meta({ id: 'AwsRole' });

export const getAwsRole = operation({
  id: 'getAwsRole',
  method: 'GET',
  path,
  tag,
  summary: 'Which AWS role the ID token leads to, and why',
  description,
  policy: {},
  accepts: ['id'],
  answers: { 200: { description: 'The role, rule by rule', body: role } },
  problems: [
    'identity_pool_missing',
    'identity_pool_misconfigured',
    'identity_pool_throttled',
    'identity_pool_unavailable',
    'role_rules_unreadable',
  ],
});

const credentials = z
  .object({
    identity_id: z.string().meta({ example: 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef' }),
    access_key_id: z.string().meta({ example: 'ASIAIOSFODNN7EXAMPLE' }),
    secret_access_key: z.string(),
    session_token: z.string(),
    expires_at: seconds.meta({ example: 1_795_003_600 }),
  })
  .meta({ id: 'AwsCredentials' });

export const createAwsCredentials = operation({
  id: 'createAwsCredentials',
  method: 'POST',
  path,
  tag,
  summary: 'Exchange the ID token for temporary AWS credentials',
  description: `${description} Every call is another exchange, of another set of credentials.`,
  policy: {},
  accepts: ['id'],
  answers: { 200: { description: 'The credentials; nobody may keep this answer', body: credentials } },
  problems: [
    'identity_pool_missing',
    'identity_pool_refused',
    'identity_pool_misconfigured',
    'identity_pool_throttled',
    'identity_pool_unavailable',
  ],
});

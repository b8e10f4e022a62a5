import { z } from 'zod';
import { text } from '../aws-json/shapes.ts';
import { CREDENTIALS_DURATION, issueCredentials } from '../identity-pool/credentials.ts';
import { assumedRoleArn, assumedRoleId, parseRoleArn } from '../identity-pool/role-arn.ts';
import type { StsAction } from './action.ts';
import { readParameters } from './parameter.ts';
import { StsError } from './sts-error.ts';
import { verifyWebIdentityToken } from './web-identity-token.ts';

const input = z.object({
  RoleArn: text({ min: 20, max: 2048 }),
  RoleSessionName: text({ min: 2, max: 64, pattern: String.raw`[\w+=,.@-]*` }),
  WebIdentityToken: text({ min: 4, max: 20_000 }),
  DurationSeconds: text({ pattern: String.raw`\d{1,9}` }).optional(),
});

/** Seconds (STS: AssumeRoleWithWebIdentity). */
const SHORTEST = 900;
const LONGEST = 43_200;

/**
 * The basic flow's last step: credentials of a role for an OpenID token of an identity pool. There are no trust policies
 * here: the token may assume any role.
 */
export const assumeRoleWithWebIdentity: StsAction = async (pool, { parameters }) => {
  const { RoleArn, RoleSessionName, WebIdentityToken, ...rest } = readParameters(input, parameters);
  const duration = durationOf(rest.DurationSeconds);
  const role = parseRoleArn(RoleArn);
  if (!role) throw new StsError('ValidationError', 'Request ARN is invalid');
  const { identityId, identityPoolId, tags } = await verifyWebIdentityToken(pool, WebIdentityToken);
  const credentials = issueCredentials(
    pool,
    { roleArn: RoleArn, roleSessionName: RoleSessionName, identityId, identityPoolId, principalTags: tags },
    duration,
  );
  return {
    SubjectFromWebIdentityToken: identityId,
    Audience: identityPoolId,
    AssumedRoleUser: {
      Arn: assumedRoleArn(role, RoleSessionName),
      AssumedRoleId: assumedRoleId(RoleArn, RoleSessionName),
    },
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: new Date(credentials.expiration * 1000).toISOString().replace('.000', ''),
    },
    Provider: 'cognito-identity.amazonaws.com',
  };
};

function durationOf(parameter: string | undefined): number {
  const duration = parameter === undefined ? CREDENTIALS_DURATION : Number(parameter);
  const [relation, limit] = duration < SHORTEST ? ['greater', SHORTEST] : ['less', LONGEST];
  if (duration >= SHORTEST && duration <= LONGEST) return duration;
  throw new StsError(
    'ValidationError',
    `1 validation error detected: Value '${duration}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${relation} than or equal to ${limit}`,
  );
}

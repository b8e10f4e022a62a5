import { readCredentials } from '#lib/access/bearer.ts';
import { createAwsCredentials, getAwsRole } from '#lib/api/operations/aws-credentials.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { credentialsFor } from '#lib/cognito/identity-pool.ts';
import { roleSettings } from '#lib/cognito/identity-pool-roles.ts';
import { explainRole } from '#lib/cognito/role-mapping.ts';
import { config } from '#lib/config.ts';
import { AppError } from '#lib/errors.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(getAwsRole, async ({ principal, token }) => {
    const settings = await roleSettings(config(), principal.clientId);
    const { rules, reason, roleArn } = explainRole(settings, token.claims);
    return {
      status: 200,
      body: {
        role_arn: roleArn ?? null,
        reason,
        rules: rules.map(({ claim, match, value, roleArn, found, outcome }) => ({
          claim,
          match,
          value,
          role_arn: roleArn,
          found: found ?? null,
          outcome,
        })),
      },
    };
  }),
  endpoint(createAwsCredentials, async ({ request }) => {
    const presented = readCredentials(request.headers);
    if (presented.kind !== 'token') throw new AppError('invalid_token');
    const given = await credentialsFor(config(), presented.token);
    return {
      status: 200,
      body: {
        identity_id: given.identityId,
        access_key_id: given.accessKeyId,
        secret_access_key: given.secretAccessKey,
        session_token: given.sessionToken,
        expires_at: given.expiresAt,
      },
    };
  }),
);

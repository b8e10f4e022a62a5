import { endpoints } from '../../../lib/cognito/endpoints.ts';
import type { Config } from '../../../lib/config.ts';
import { type DiscoveryDocument, discoveryUrl } from '../discovery.ts';
import { type Check, ok, problem, warning } from '../finding.ts';
import type { UserPoolSubject } from '../user-pool.ts';

/** The first endpoint that the user pool names and the application would look for somewhere else. */
function strayEndpoint(config: Config, document: DiscoveryDocument): string | undefined {
  const { authorization, token, userInfo, revocation } = endpoints(config);
  const pairs = [
    [document.authorization_endpoint, authorization],
    [document.token_endpoint, token],
    [document.userinfo_endpoint, userInfo],
    [document.revocation_endpoint ?? revocation, revocation],
  ] as const;
  return pairs.find(([named, ours]) => named !== ours)?.[0];
}

/** The user pool's own account of itself against the configured addresses (OpenID Connect Discovery 1.0 section 4.3). */
export const issuer: Check<UserPoolSubject> = {
  name: 'issuer',
  examine({ config, discovery: { status, document } }) {
    if (!document)
      return problem(
        `there is no discovery document at ${discoveryUrl(config)} (status ${status})`,
        'Compare COGNITO_USER_POOL_ID with the user pool: region, underscore, suffix.',
      );
    if (document.issuer !== config.issuer)
      return problem(
        `the user pool calls itself ${document.issuer}, and its tokens are expected from ${config.issuer}`,
        'Set COGNITO_ISSUER to the name that the user pool gives itself.',
      );
    if (document.jwks_uri !== endpoints(config).jwks)
      return problem(
        `the user pool publishes its keys at ${document.jwks_uri}, and they are looked for at ${endpoints(config).jwks}`,
        'Set COGNITO_ISSUER to the address below which the keys are.',
      );
    const stray = strayEndpoint(config, document);
    if (stray)
      return warning(
        `the user pool names ${stray}, which is not on COGNITO_DOMAIN (${config.domain})`,
        'Right only for a user pool with two domains. Otherwise set COGNITO_DOMAIN to the one that it names.',
      );
    return ok(`${config.issuer} answers under this name, with its endpoints on ${config.domain}`);
  },
};

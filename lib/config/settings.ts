import { parsePairs } from './pairs.ts';
import type { Values } from './schema.ts';
import { parseSecrets } from './session-secret.ts';
import type { Config } from './types.ts';

/** @returns what the variables mean, in the application's own words and units */
export function settingsFrom(values: Values, development: boolean): Config {
  const { COGNITO_SERVICE_CLIENT_ID: serviceId, COGNITO_SERVICE_CLIENT_SECRET: serviceSecret } = values;
  const appUrl = new URL(values.APP_URL);
  return {
    appUrl,
    userPoolId: values.COGNITO_USER_POOL_ID,
    issuer: values.COGNITO_ISSUER,
    domain: values.COGNITO_DOMAIN.replace(/\/$/, ''),
    clientId: values.COGNITO_CLIENT_ID,
    clientSecret: values.COGNITO_CLIENT_SECRET,
    apiClientIds: values.COGNITO_API_CLIENT_IDS?.split(',') ?? [],
    serviceClient:
      serviceId && serviceSecret ? { clientId: serviceId, clientSecret: serviceSecret } : undefined,
    identityPool: values.COGNITO_IDENTITY_POOL_ID
      ? { id: values.COGNITO_IDENTITY_POOL_ID, endpoint: values.AWS_ENDPOINT_URL_COGNITO_IDENTITY }
      : undefined,
    downstream: values.DOWNSTREAM_URL
      ? { url: new URL(values.DOWNSTREAM_URL), scopes: values.DOWNSTREAM_SCOPES.split(',') }
      : undefined,
    sessionSecrets: parseSecrets(values.SESSION_SECRET) ?? {},
    sessionLifetime: Number(values.SESSION_DAYS) * 86_400,
    idleLifetime: Number(values.SESSION_IDLE_MINUTES) * 60,
    secureCookies: appUrl.protocol === 'https:',
    allowInsecureRequests: [values.COGNITO_ISSUER, values.COGNITO_DOMAIN].some(
      (url) => new URL(url).protocol === 'http:',
    ),
    apiOrigins: values.API_ORIGINS?.split(',') ?? [],
    requestsPerUser: Number(values.API_REQUESTS_PER_USER),
    requestsPerAddress: Number(values.API_REQUESTS_PER_ADDRESS),
    signInOrigins: values.SIGN_IN_ORIGINS?.split(',') ?? [],
    trustedProxies: Number(values.TRUSTED_PROXIES),
    telemetry: values.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
          headers: parsePairs(values.OTEL_EXPORTER_OTLP_HEADERS ?? '') ?? {},
          serviceName: values.OTEL_SERVICE_NAME,
        }
      : undefined,
    development,
    database: values.DATABASE_URL
      ? { kind: 'postgres', url: values.DATABASE_URL }
      : { kind: 'sqlite', file: values.DATABASE_FILE },
  };
}

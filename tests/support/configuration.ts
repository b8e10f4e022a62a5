import { type Config, parseConfig } from '../../lib/config.ts';

/** A value with the entropy that the configuration asks of a real one. */
export const sessionSecret = 'q7Zt0XxV1mKfWb3Jr8Lh5Gd2Py9Nc4Ue';

/** Everything that a deployment on a real user pool sets. */
export const realUserPool = {
  APP_URL: 'https://app.example.com',
  COGNITO_USER_POOL_ID: 'eu-west-1_AbCdEfGhI',
  COGNITO_CLIENT_ID: '1example23456789',
  COGNITO_CLIENT_SECRET: '1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t1u2v3w4x5y6',
  COGNITO_DOMAIN: 'https://example.auth.eu-west-1.amazoncognito.com',
  SESSION_SECRET: sessionSecret,
};

/** The environment of an application at `appUrl` whose user pool is served at `issuer`. */
export const environmentFor = (issuer: string, clientId: string, appUrl = 'http://localhost:3000') => ({
  ...realUserPool,
  APP_URL: appUrl,
  COGNITO_USER_POOL_ID: issuer.split('/').at(-1),
  COGNITO_ISSUER: issuer,
  COGNITO_DOMAIN: issuer,
  COGNITO_CLIENT_ID: clientId,
  ALLOW_INSECURE_USER_POOL: 'true',
});

export const configurationFor = (issuer: string, clientId: string): Config =>
  parseConfig(environmentFor(issuer, clientId));

export const httpsConfiguration = (): Config => parseConfig(realUserPool);

export const loopbackConfiguration = (): Config => parseConfig({ SESSION_SECRET: sessionSecret });

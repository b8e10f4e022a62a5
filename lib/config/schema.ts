import { z } from 'zod';
import { parsePairs } from './pairs.ts';
import { sessionSecret } from './session-secret.ts';
import { bareUrl, origins, plainUrl } from './urls.ts';

const requestsPerMinute = z.string().regex(/^[1-9]\d{0,8}$/, 'must be a whole number of requests a minute');
const clientId = z.string().regex(/^\w{1,128}$/, 'must be an app client ID');
const clientSecret = z
  .string()
  .regex(/^[\w+]{24,64}$/, 'must be the app client secret (24 to 64 letters and digits)');

/** The environment variables, each by itself, after the defaults; see `.env.example`. */
export const schema = z.object({
  APP_URL: bareUrl.refine((value) => new URL(value).pathname === '/', 'must be an origin, without a path'),
  COGNITO_USER_POOL_ID: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)+-\d_[0-9A-Za-z]+$/, 'must look like eu-west-1_AbCdEfGhI')
    .max(55, 'must have 55 characters or fewer'),
  COGNITO_CLIENT_ID: clientId,
  COGNITO_CLIENT_SECRET: clientSecret.optional(),
  COGNITO_SERVICE_CLIENT_ID: clientId.optional(),
  COGNITO_SERVICE_CLIENT_SECRET: clientSecret.optional(),
  COGNITO_DOMAIN: bareUrl,
  COGNITO_ISSUER: bareUrl.refine((value) => !value.endsWith('/'), 'must have no trailing slash'),
  COGNITO_API_CLIENT_IDS: z
    .string()
    .regex(/^\w{1,128}(,\w{1,128})*$/, 'must be app client IDs with commas between them')
    .optional(),
  COGNITO_IDENTITY_POOL_ID: z
    .string()
    .regex(
      /^[a-z]+(-[a-z]+)+-\d:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
      'must look like eu-west-1:12345678-90ab-cdef-1234-567890abcdef',
    )
    .optional(),
  AWS_ENDPOINT_URL_COGNITO_IDENTITY: bareUrl.optional(),
  SIGN_IN_ORIGINS: origins.optional(),
  API_ORIGINS: origins.optional(),
  API_REQUESTS_PER_USER: requestsPerMinute,
  API_REQUESTS_PER_ADDRESS: requestsPerMinute,
  DOWNSTREAM_URL: bareUrl.optional(),
  DOWNSTREAM_SCOPES: z
    .string()
    // RFC 6749 section 3.3, without the comma.
    .regex(
      /^[!#-+\--[\]-~]+(,[!#-+\--[\]-~]+)*$/,
      'must be scopes, like notes/read, with commas between them',
    ),
  SESSION_SECRET: sessionSecret,
  SESSION_DAYS: z
    .string()
    .regex(/^\d{1,4}$/, { error: 'must be a whole number of days', abort: true })
    .refine((value) => Number(value) >= 1 && Number(value) <= 3650, 'must be between 1 and 3650'),
  SESSION_IDLE_MINUTES: z
    .string()
    .regex(/^\d{1,7}$/, { error: 'must be a whole number of minutes', abort: true })
    .refine((value) => Number(value) >= 5, 'must be 5 or more'),
  DATABASE_URL: z
    .string()
    .refine(
      (value) => /^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? ''),
      'must look like postgres://user:password@host/database',
    )
    .optional(),
  DATABASE_FILE: z.string().max(1_024, 'must have 1024 characters or fewer'),
  OTEL_EXPORTER_OTLP_ENDPOINT: plainUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .refine((value) => parsePairs(value), 'must look like name=value,name=value, percent-encoded')
    .optional(),
  OTEL_SERVICE_NAME: z.string().max(255, 'must have 255 characters or fewer'),
  TRUSTED_PROXIES: z.string().regex(/^\d$/, 'must be a whole number from 0 to 9'),
});

/** Environment variables that are each in order. */
export type Values = z.output<typeof schema>;

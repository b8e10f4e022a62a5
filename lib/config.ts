import { z } from 'zod';
import { log } from './log.ts';

/** What the local pool serves from `infra/template.yaml`; in force while no `COGNITO_*` is set. */
const localUserPool = (origin: string) => ({
  COGNITO_USER_POOL_ID: 'us-east-1_Cabana001',
  COGNITO_CLIENT_ID: 'cabanaweb00000000000000001',
  COGNITO_CLIENT_SECRET: 'cabanalocalwebsecret0000000000000000000000000000001',
  COGNITO_API_CLIENT_IDS: 'cabanamobile00000000000001,cabanaservice0000000000001',
  COGNITO_SERVICE_CLIENT_ID: 'cabanaservice0000000000001',
  COGNITO_SERVICE_CLIENT_SECRET: 'cabanalocalservicesecret000000000000000000000000001',
  COGNITO_ISSUER: `${origin}/us-east-1_Cabana001`,
  COGNITO_DOMAIN: `${origin}/us-east-1_Cabana001`,
  COGNITO_IDENTITY_POOL_ID: 'us-east-1:cabacaba-0000-4000-8000-000000000001',
  AWS_ENDPOINT_URL_COGNITO_IDENTITY: origin,
});

const defaults = {
  APP_URL: 'http://localhost:3000',
  LOCAL_POOL_URL: 'http://localhost:9229',
  SESSION_DAYS: '30',
  SESSION_IDLE_MINUTES: '20160',
  DATABASE_FILE: '.cabana/cabana.sqlite',
  TRUSTED_PROXIES: '0',
  OTEL_SERVICE_NAME: 'cabana',
  API_REQUESTS_PER_USER: '600',
  API_REQUESTS_PER_ADDRESS: '1200',
  DOWNSTREAM_SCOPES: 'notes/read',
};

/** The example in `.env.example`, and what people type when they mean to change it later. */
const sampleSecret = /replace|change|example|secret|password|cabana/i;

/** Where the registry of sessions is kept: in a file of this machine, or on a server that several instances share. */
export type DatabaseLocation = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };

/** An app client that acts for itself, by the client credentials grant. */
export interface ServiceClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where people's ID tokens are exchanged for AWS credentials. */
export interface IdentityPoolSettings {
  /** `{region}:{uuid}` */
  readonly id: string;
  /** Absent for the AWS endpoint of its region (AWS SDKs: service-specific endpoints). */
  readonly endpoint: string | undefined;
}

/** Where traces and metrics are sent (OpenTelemetry: OTLP exporter configuration). */
export interface TelemetrySettings {
  /** `/v1/traces` and `/v1/metrics` are below it. */
  readonly endpoint: string;
  /** Go with every batch: a key of the endpoint's, say. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

export interface Config {
  /** The one origin that this application answers for; redirects and cookies are built from it alone. */
  readonly appUrl: URL;
  readonly userPoolId: string;
  /** Compared with `iss` byte for byte. */
  readonly issuer: string;
  /** Where `/oauth2/authorize`, `/oauth2/token` and `/logout` live, without a trailing slash. */
  readonly domain: string;
  readonly clientId: string;
  /** Absent for a public app client. */
  readonly clientSecret: string | undefined;
  /** The app clients whose tokens the API accepts. */
  readonly apiClientIds: readonly string[];
  /** Whom the application is when it calls other services as itself; absent when it calls none. */
  readonly serviceClient: ServiceClient | undefined;
  /** Absent where nobody is handed AWS credentials. */
  readonly identityPool: IdentityPoolSettings | undefined;
  /** A service that is called with a token of the service client for these scopes. */
  readonly downstream: { readonly url: URL; readonly scopes: readonly string[] } | undefined;
  /** Password id -> password; the highest id seals, all of them unseal. */
  readonly sessionSecrets: Readonly<Record<string, string>>;
  /** How long a browser stays signed in at the most, in seconds. Set it to the app client's refresh token validity. */
  readonly sessionLifetime: number;
  /** How long a browser stays signed in without being used, in seconds. */
  readonly idleLifetime: number;
  /** True when cookies can be `Secure` and carry the `__Host-` prefix. */
  readonly secureCookies: boolean;
  /** True only for a user pool that is reached by plain http, which the checks below allow on loopback alone. */
  readonly allowInsecureRequests: boolean;
  readonly database: DatabaseLocation;
  /** How many proxies of one's own each request passes: so many entries of `x-forwarded-for` are believed. */
  readonly trustedProxies: number;
  /** Undefined: nothing is measured and nothing is sent. */
  readonly telemetry: TelemetrySettings | undefined;
  /** The origins whose pages may call the API; none, unless they are named. */
  readonly apiOrigins: readonly string[];
  /** How many requests a minute the API takes from one person or machine, and from one address. */
  readonly requestsPerUser: number;
  readonly requestsPerAddress: number;
  /** Further origins that a sign-in may be redirected to: identity providers that the user pool sends people on to. */
  readonly signInOrigins: readonly string[];
  /** True only under `npm run dev`, whose hot reloading needs more than the pages of a build may do. */
  readonly development: boolean;
}

/** Lists everything that is wrong with the environment, and no value of it. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

const httpUrl = z.string().refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''), {
  error: 'must be an http or https URL',
  abort: true,
});

const plainUrl = httpUrl.refine((value) => {
  const url = new URL(value);
  return !url.search && !url.hash && !url.username && !url.password;
}, 'must have no query, fragment or user name');

const bareUrl = plainUrl.refine((value) => {
  const url = new URL(value);
  return url.protocol === 'https:' || isLoopback(url);
}, 'must be https, except on localhost');

/**
 * `SESSION_SECRET` is one password, or several as `2:newer,1:older`: the highest number seals, each of them unseals.
 * @returns undefined for a list that is not wholly numbered, or uses a number twice
 */
function parseSecrets(value: string): Record<string, string> | undefined {
  const parts = value.split(',').map((part) => part.trim());
  if (parts.length === 1 && !/^\d+:/.test(value)) return { 1: value };
  const numbered = parts.map((part) => /^([1-9]\d{0,8}):(.+)$/.exec(part));
  const secrets = Object.fromEntries(numbered.map((match) => [match?.[1] ?? '', match?.[2] ?? '']));
  return numbered.every((match) => match !== null) && Object.keys(secrets).length === parts.length
    ? secrets
    : undefined;
}

/**
 * `name=value,name=value` with percent-encoded values, as OTEL_EXPORTER_OTLP_HEADERS is written.
 * @returns undefined for anything else
 */
function parsePairs(value: string): Record<string, string> | undefined {
  const parts = value.split(',').filter((part) => part.trim() !== '');
  const pairs = parts.map((part) =>
    /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*((?:[^%]|%[\da-f]{2})*?)\s*$/i.exec(part),
  );
  if (pairs.includes(null)) return undefined;
  try {
    return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', decodeURIComponent(pair?.[2] ?? '')]));
  } catch {
    return undefined;
  }
}

/** iron-session derives its key with a single PBKDF2 round, so the secret has to carry the entropy itself. */
const isGuessable = (secret: string): boolean => new Set(secret).size < 12 || sampleSecret.test(secret);

const everySecret = (value: string, test: (secret: string) => boolean): boolean =>
  Object.values(parseSecrets(value) ?? {}).every(test);

const origins = z
  .string()
  .refine(
    (value) => value.split(',').every((part) => URL.parse(part)?.origin === part && /^https?:/.test(part)),
    'must be origins, like https://login.example.com, with commas between them',
  );

const requestsPerMinute = z.string().regex(/^[1-9]\d{0,8}$/, 'must be a whole number of requests a minute');
const clientId = z.string().regex(/^\w{1,128}$/, 'must be an app client ID');
const clientSecret = z
  .string()
  .regex(/^[\w+]{24,64}$/, 'must be the app client secret (24 to 64 letters and digits)');

const schema = z.object({
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
  SESSION_SECRET: z
    .string({
      error:
        'is not set: `npm start` and `npm run dev` make one for this machine; elsewhere use the output of `openssl rand -base64 32`',
    })
    .refine((value) => parseSecrets(value), 'must be one secret, or several as 2:newer,1:older')
    .refine((value) => everySecret(value, ({ length }) => length >= 32), {
      error: 'must have at least 32 characters',
      abort: true,
    })
    .refine(
      (value) => everySecret(value, (secret) => !isGuessable(secret)),
      'is a sample or too easy to guess',
    ),
  SESSION_DAYS: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number of days')
    .refine((value) => Number(value) >= 1 && Number(value) <= 3650, 'must be between 1 and 3650'),
  SESSION_IDLE_MINUTES: z
    .string()
    .regex(/^\d{1,7}$/, 'must be a whole number of minutes')
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

/** Blank means unset; quotes around a value are what some env files leave behind, and never part of one. */
function clean(env: Environment): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) => {
    const text = value?.trim().replace(/^(['"])(.*)\1$/, '$2') ?? '';
    return text === '' ? [] : [[name, text] as const];
  });
  return Object.fromEntries(entries);
}

function withDefaults(set: Record<string, string>): Record<string, string> {
  const ownUserPool = Object.keys(set).some((name) => name.startsWith('COGNITO_'));
  if (!ownUserPool) {
    return {
      ...defaults,
      ...localUserPool((set.LOCAL_POOL_URL ?? defaults.LOCAL_POOL_URL).replace(/\/$/, '')),
      ...set,
    };
  }
  const userPoolId = set.COGNITO_USER_POOL_ID;
  const region = userPoolId?.split('_')[0];
  const issuer = userPoolId && {
    COGNITO_ISSUER: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`,
  };
  return { ...defaults, ...issuer, ...set };
}

/** The local pool's tokens are anybody's to make, and plain http anybody's to change. */
function refusesUserPool(env: Record<string, string>): boolean {
  const insecure = [env.COGNITO_ISSUER, env.COGNITO_DOMAIN].some((value) => {
    const url = URL.parse(value ?? '');
    return url !== null && (url.protocol !== 'https:' || isLoopback(url));
  });
  const appUrl = URL.parse(env.APP_URL ?? '');
  const production = env.NODE_ENV === 'production' || (appUrl !== null && !isLoopback(appUrl));
  return production && insecure && env.ALLOW_INSECURE_USER_POOL !== 'true';
}

/** What one variable asks of another. */
function missingCompanions(env: Record<string, string>): string[] {
  const pairs = [
    ['COGNITO_SERVICE_CLIENT_ID', 'COGNITO_SERVICE_CLIENT_SECRET'],
    ['COGNITO_SERVICE_CLIENT_SECRET', 'COGNITO_SERVICE_CLIENT_ID'],
    ['DOWNSTREAM_URL', 'COGNITO_SERVICE_CLIENT_ID'],
  ] as const;
  const missing = pairs.filter(([given, needed]) => env[given] !== undefined && env[needed] === undefined);
  return missing.map(([given, needed]) => `${needed} is not set, and ${given} needs it`);
}

/**
 * Reads the configuration from environment variables; see `.env.example` for each of them.
 * With no `COGNITO_*` set, the local pool's own values are in force.
 * @throws ConfigError naming every problem at once, without printing any value
 */
export function parseConfig(environment: Environment): Config {
  const env = withDefaults(clean(environment));
  const parsed = schema.safeParse(env);
  const problems = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return `${name} ${env[name] === undefined && name !== 'SESSION_SECRET' ? 'is not set' : issue.message}`;
  });
  problems.push(...missingCompanions(env));
  if (refusesUserPool(env)) {
    problems.push(
      'a production application refuses a user pool on localhost or plain http: set COGNITO_USER_POOL_ID, COGNITO_CLIENT_ID and COGNITO_DOMAIN, or ALLOW_INSECURE_USER_POOL=true for a demonstration',
    );
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const values = parsed.data;
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
    development: env.NODE_ENV === 'development',
    database: values.DATABASE_URL
      ? { kind: 'postgres', url: values.DATABASE_URL }
      : { kind: 'sqlite', file: values.DATABASE_FILE },
  };
}

let current: Config | undefined;

/**
 * The configuration of this process, parsed at the first call.
 * @throws ConfigError as {@link parseConfig}
 */
export function config(): Config {
  if (current) return current;
  current = parseConfig(process.env);
  if (current.allowInsecureRequests) log('warn', 'insecure_user_pool', { issuer: current.issuer });
  // next-auth takes its own address from here or from a forwarded header, and only the first can be trusted.
  process.env.NEXTAUTH_URL = current.appUrl.origin;
  return current;
}

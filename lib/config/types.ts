/** The database: a file of this machine, or a server that several instances share. */
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
  /** True only for a user pool that is reached by plain http, which is allowed on loopback alone. */
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

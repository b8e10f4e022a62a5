import { ConfigError } from './config/config-error.ts';
import { problemsBetween } from './config/cross-checks.ts';
import { withDefaults } from './config/defaults.ts';
import { schema } from './config/schema.ts';
import { settingsFrom } from './config/settings.ts';
import type { Config } from './config/types.ts';
import { log } from './log.ts';

export type {
  Config,
  DatabaseLocation,
  IdentityPoolSettings,
  ServiceClient,
  TelemetrySettings,
} from './config/types.ts';
export { ConfigError };

type Environment = Readonly<Record<string, string | undefined>>;

/** Blank means unset; quotes around a value are what some env files leave behind, and never part of one. */
function clean(env: Environment): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) => {
    const text = value?.trim().replace(/^(['"])(.*)\1$/, '$2') ?? '';
    return text === '' ? [] : [[name, text] as const];
  });
  return Object.fromEntries(entries);
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
  problems.push(...problemsBetween(env));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return settingsFrom(parsed.data, env.NODE_ENV === 'development');
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

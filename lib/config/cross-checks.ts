import { isLoopback } from './urls.ts';

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

/** @returns what is wrong with variables that may each be in order by themselves, without any value */
export function problemsBetween(env: Record<string, string>): string[] {
  const problems = missingCompanions(env);
  if (refusesUserPool(env)) {
    problems.push(
      'a production application refuses a user pool on localhost or plain http: set COGNITO_USER_POOL_ID, COGNITO_CLIENT_ID and COGNITO_DOMAIN, or ALLOW_INSECURE_USER_POOL=true for a demonstration',
    );
  }
  return problems;
}

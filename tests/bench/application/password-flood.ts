import type { Question } from '../exchange.ts';
import { type Measurement, measure } from '../load.ts';
import { operation, people, signInInput, type Target } from '../target.ts';

export interface PasswordFlood {
  attempts: Measurement;
  /** The other routes meanwhile, by their names. */
  others: Record<string, Measurement>;
}

const UNKNOWN_PEOPLE = 90;
const PROBES_PER_SECOND = 20;
/** Until all generators have begun. */
const WARM_UP_SECONDS = 3;

const get = (path: string, expected: string): Question => ({ method: 'GET', path, headers: {}, expected });

/**
 * LD-04: tries passwords at the local pool, of people that it has and of others, while somebody else uses it.
 * @param attackers connections that each send one attempt after the other
 */
export async function floodWithPasswords(
  pool: Pick<Target, 'port' | 'userPoolId' | 'clientId'>,
  attackers: number,
  seconds: number,
): Promise<PasswordFlood> {
  const unknown = Array.from({ length: UNKNOWN_PEOPLE }, (_, index) => `nobody-${index}@example.com`);
  const usernames = [...people.map(({ username }) => username), ...unknown];
  const { port, userPoolId } = pool;
  const routes = {
    'key set': get(`/${userPoolId}/.well-known/jwks.json`, '"keys"'),
    discovery: get(`/${userPoolId}/.well-known/openid-configuration`, '"issuer"'),
    overview: get('/', '<html'),
  };
  // The first answer of a route waits for its code to be loaded.
  for (const { path } of Object.values(routes)) await (await fetch(`http://localhost:${port}${path}`)).text();
  const steady = {
    bodies: [''],
    connections: 4,
    warmUpSeconds: WARM_UP_SECONDS,
    perSecond: PROBES_PER_SECOND,
    seconds,
  };
  const [attempts, ...others] = await Promise.all([
    measure({
      port,
      question: { ...operation('InitiateAuth', '"__type"'), statuses: [400] },
      bodies: usernames.map((username) =>
        JSON.stringify(signInInput(pool, { username, password: 'Wrong-password-1' })),
      ),
      connections: attackers,
      warmUpSeconds: WARM_UP_SECONDS,
      seconds,
      countFailures: true,
    }),
    ...Object.values(routes).map((question) => measure({ port, question, countFailures: true, ...steady })),
  ]);
  const names = Object.keys(routes);
  return { attempts, others: Object.fromEntries(names.map((name, index) => [name, others[index]])) as never };
}

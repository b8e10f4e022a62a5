import { sign } from '../../support/hostile-tokens.ts';
import type { Question } from '../exchange.ts';
import { type Measurement, measure, percentile } from '../load.ts';

/** An application that floods are sent to. */
export interface Flooded {
  port: number;
  /** What a browser on its own pages sends as `Origin`. */
  origin: string;
  /** How often its user pool was asked for anything so far. */
  userPoolCalls(): number;
  /** Everything it has written so far. */
  output(): string;
}

export interface Flood {
  name: string;
  answers: Measurement;
  userPoolCalls: number;
  /** None, but for a key that is not known: that is looked for once in ten seconds. */
  mostUserPoolCalls: number;
  logLines: number;
  /** Characters of the longest line that was logged meanwhile. */
  longestLine: number;
}

const CONNECTIONS = 16;
const LONGEST_SECONDS = 600;

const bearer = (token: string, statuses: number[]): Question => ({
  method: 'GET',
  path: '/api/v1/me',
  headers: { authorization: `Bearer ${token}` },
  statuses,
  expected: '"status":',
});

/** A token with everything right but its key, which the user pool does not publish. */
const ofUnknownKey = (): Promise<string> => {
  const now = Math.floor(Date.now() / 1_000);
  return sign({ iat: now, exp: now + 3_600, token_use: 'access' }, { header: { kid: 'nobody-s' } });
};

interface Kind {
  name: string;
  question: Question;
  body: string;
  looksForKeys?: true;
}

async function kinds(origin: string): Promise<Kind[]> {
  const form = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  const start = '/api/auth/signin/cognito';
  const callback = '/api/auth/callback/cognito?code=made-up&state=made-up';
  return [
    {
      name: 'sign-in starts',
      question: { method: 'POST', path: start, headers: form, statuses: [303], expected: '' },
      body: 'returnTo=/home',
    },
    {
      name: 'made-up callbacks',
      question: { method: 'GET', path: callback, headers: {}, statuses: [303], expected: '' },
      body: '',
    },
    { name: 'bearer tokens of 8 KB of garbage', question: bearer('A'.repeat(8_192), [401]), body: '' },
    {
      name: 'bearer tokens of an unknown key',
      // 503 while it is too early to ask the user pool for its keys again.
      question: bearer(await ofUnknownKey(), [401, 503]),
      body: '',
      looksForKeys: true,
    },
  ];
}

/**
 * LD-03: sends what a stranger can send without signing in.
 * @param count requests of each kind
 */
export async function floodAnonymously(flooded: Flooded, count: number): Promise<Flood[]> {
  const floods: Flood[] = [];
  for (const { name, question, body, looksForKeys } of await kinds(flooded.origin)) {
    const [callsBefore, written] = [flooded.userPoolCalls(), flooded.output().length];
    const answers = await measure({
      port: flooded.port,
      question,
      bodies: Array.from({ length: count }, () => body),
      connections: CONNECTIONS,
      warmUpSeconds: 0,
      seconds: LONGEST_SECONDS,
      eachOnce: true,
      countFailures: true,
    });
    const lines = flooded.output().slice(written).split('\n').slice(0, -1);
    floods.push({
      name,
      answers,
      userPoolCalls: flooded.userPoolCalls() - callsBefore,
      mostUserPoolCalls: looksForKeys ? Math.ceil(answers.seconds / 10) : 0,
      logLines: lines.length,
      longestLine: Math.max(0, ...lines.map(({ length }) => length)),
    });
  }
  return floods;
}

/** How the last quarter of all answers compares with the first, by the median: work that grows makes it larger. */
export function growth({ answers: { latencies } }: Flood): number {
  const quarter = Math.floor(latencies.length / 4);
  const medianOf = (some: number[]) => percentile({ latencies: some }, 0.5);
  return medianOf(latencies.slice(-quarter)) / medianOf(latencies.slice(0, quarter));
}

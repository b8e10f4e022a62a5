import { policyFor } from '../../../lib/access/policies.ts';
import { judge } from '../../../lib/access/policy.ts';
import { principalOfSession } from '../../../lib/access/principal.ts';
import { tokenVerifier } from '../../../lib/cognito/token-verifier.ts';
import { config } from '../../../lib/config.ts';
import { readSession } from '../../../lib/session/session-cookies.ts';
import { sessionStanding } from '../../../lib/session/standing.ts';
import { nobody } from '../../../lib/session/visitor.ts';
import { percentile } from '../load.ts';
import { answerLoad } from '../repeat.ts';
import { type Cost, type GateParts, type PartName, partNames } from './gate-parts.ts';

/** So many sessions are run through first, for the compiler. */
const UNMEASURED = 200;

type Times = Record<PartName, number[]>;
const noTimes = (): Times => ({ unseal: [], verify: [], registry: [], policy: [] });

/** @returns the same as the work, whose microseconds are added to the times */
async function timed<Result>(times: number[], work: () => Result | Promise<Result>): Promise<Result> {
  const begin = performance.now();
  const result = await work();
  times.push((performance.now() - begin) * 1_000);
  return result;
}

/** What happens to one page load, in the order in which it happens. @throws Error unless the session is let through */
async function pass(cookies: Map<string, string>, times: Times): Promise<void> {
  const settings = config();
  const jar = {
    read: (name: string) => cookies.get(name),
    names: () => [...cookies.keys()],
    write: () => {},
  };
  const read = await timed(times.unseal, () => readSession(jar, settings));
  if (read.kind !== 'session') throw new Error(`a session was ${read.kind}`);
  const { session } = read;
  const verdict = await timed(times.verify, () =>
    tokenVerifier().accessToken(session.accessToken, [settings.clientId]),
  );
  if (verdict.kind !== 'valid') throw new Error(`a token was ${verdict.kind}`);
  const live = { session, access: verdict.claims };
  const standing = await timed(times.registry, () => sessionStanding(settings, live, () => nobody));
  const judgement = await timed(times.policy, () => {
    const policy = policyFor('/home');
    return policy && judge(policy, principalOfSession(live), Math.floor(Date.now() / 1_000));
  });
  if (standing !== 'stands' || judgement !== 'allowed') throw new Error(`${standing}, ${judgement}`);
}

const cost = (latencies: number[]): Cost => ({
  median: percentile({ latencies }, 0.5),
  p99: percentile({ latencies }, 0.99),
});

answerLoad<{ cookies: string[] }, GateParts>(async ({ cookies }) => {
  let [cold, warm] = [noTimes(), noTimes()];
  for (const [index, header] of cookies.entries()) {
    if (index === UNMEASURED) [cold, warm] = [noTimes(), noTimes()];
    const pairs = header.split('; ').map((pair) => pair.split(/=(.*)/s, 2) as [string, string]);
    const jar = new Map(pairs);
    await pass(jar, cold);
    await pass(jar, warm);
  }
  return Object.fromEntries(
    partNames.map((name) => [name, { cold: cost(cold[name]), warm: cost(warm[name]) }]),
  ) as GateParts;
});

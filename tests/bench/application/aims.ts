import { type Aim, percent } from '../aims.ts';
import { merge, percentile } from '../load.ts';
import { type Flood, growth } from './anonymous-floods.ts';
import { ratioOf } from './ratio.ts';
import type { ApplicationResults } from './results.ts';
import { addedBy, residentThirds } from './steady-load.ts';

const milliseconds = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
const failed = (failures: number): string => (failures === 0 ? 'no failure' : `${failures} failures`);

/** Two runs of the same differ by about this much on a machine that does nothing else. */
const GROWTH = 1.1;
const GROWTH_OF_WORK = 1.25;
/** A flood may write one line for so many requests. */
const REQUESTS_PER_LINE = 10;

function throughputAims({ returning }: ApplicationResults): Aim[] {
  const toUngated = ratioOf(returning.ours, returning.passThrough).median;
  const toNextAuth = ratioOf(returning.ours, returning.nextAuth).median;
  return [
    {
      aim: 'gated page: 0.9 of the rate of the same page without a gate',
      measured: toUngated.toFixed(2),
      met: toUngated >= 0.9,
    },
    {
      aim: 'gated page: 1.25 times the rate of next-auth’s gate',
      measured: toNextAuth.toFixed(2),
      met: toNextAuth >= 1.25,
    },
  ];
}

function dueAims({ oneDue, allDue }: ApplicationResults): Aim[] {
  const { rounds, slowest, refresh, queueing } = oneDue;
  const pages = merge(rounds.map((round) => round.pages));
  const count = (pages.count / rounds.length).toLocaleString('en');
  const tokenCalls = rounds.map((round) => round.tokenCalls);
  const limit = 2 * refresh + queueing;
  return [
    {
      aim: `${count} page loads at once of one session that is due, ${rounds.length} times: one token call, no failure`,
      measured: `${tokenCalls.join(', ')}, ${failed(pages.failures)}`,
      met: tokenCalls.every((calls) => calls === 1) && pages.failures === 0,
    },
    {
      aim: `the slowest of them within two refreshes and the queue (${milliseconds(limit)})`,
      measured: milliseconds(slowest),
      met: slowest <= limit,
    },
    {
      aim: `LD-02 ${allDue.sessions.toLocaleString('en')} sessions due in the same second, two page loads each: at most one refresh each, no failure`,
      measured: `${allDue.tokenCalls}, ${failed(allDue.pages.failures)}`,
      met: allDue.tokenCalls <= allDue.sessions && allDue.pages.failures === 0,
    },
  ];
}

function steadyAims({ steady }: ApplicationResults): Aim[] {
  const { second, last } = residentThirds(steady);
  const load = `LD-01 ${steady.perSecond} signed-in pages a second for ${steady.minutes} minutes`;
  const added = addedBy(steady, 0.99);
  return [
    {
      aim: `${load}: no failure`,
      measured: failed(steady.gated.failures),
      met: steady.gated.failures === 0,
    },
    { aim: 'LD-01 the gate adds 5 ms or less at p99', measured: milliseconds(added), met: added <= 5 },
    {
      aim: 'LD-01 calls of the user pool',
      measured: String(steady.userPoolCalls),
      met: steady.userPoolCalls === 0,
    },
    {
      aim: 'LD-01 memory flat: the last third at most 10 % above the second',
      measured: `${Math.round(second)} MB, ${Math.round(last)} MB`,
      met: last <= second * GROWTH,
    },
  ];
}

function floodAims(flood: Flood): Aim[] {
  const { name, answers, userPoolCalls, mostUserPoolCalls, logLines } = flood;
  const grown = growth(flood);
  const linesPerRequest = logLines / answers.count;
  return [
    {
      aim: `LD-03 ${answers.count.toLocaleString('en')} ${name}: each answered as one is, ${mostUserPoolCalls === 0 ? 'no call' : `at most ${mostUserPoolCalls} calls`} of the user pool`,
      measured: `${failed(answers.failures)}, ${userPoolCalls}`,
      met: answers.failures === 0 && userPoolCalls <= mostUserPoolCalls,
    },
    {
      aim: `LD-03 ${name}: constant work (the last quarter at most 25 % slower than the first)`,
      measured: percent(grown),
      met: grown <= GROWTH_OF_WORK,
    },
    {
      aim: `LD-03 ${name}: one log line for ${REQUESTS_PER_LINE} requests or fewer lines`,
      measured: linesPerRequest.toFixed(2),
      met: linesPerRequest <= 1 / REQUESTS_PER_LINE,
    },
  ];
}

function passwordAims({ passwords: { attempts, others } }: ApplicationResults): Aim[] {
  return Object.entries(others).map(([name, measurement]) => {
    const p99 = percentile(measurement, 0.99);
    const failures = attempts.failures + measurement.failures;
    return {
      aim: `LD-04 ${name} of the local pool while passwords are tried: p99 under 200 ms, no failure`,
      measured: `${milliseconds(p99)}, ${failed(failures)}`,
      met: p99 < 200 && failures === 0,
    };
  });
}

function connectionAims({ held }: ApplicationResults): Aim[] {
  const { connections, pages, closedAfter, statusForLargeHeaders, recovered } = held;
  const failures = pages.failures + recovered.failures;
  return [
    {
      aim: `LD-05 pages while ${connections} idle and ${connections} slow connections are held, and after: no failure`,
      measured: `${failed(failures)}, p99 ${milliseconds(percentile(pages, 0.99))}`,
      met: failures === 0,
    },
    {
      aim: 'LD-05 the server closes them by itself within two minutes',
      measured: closedAfter === undefined ? 'not closed' : `${Math.round(closedAfter)} s`,
      met: closedAfter !== undefined,
    },
    {
      aim: 'LD-05 headers of 64 KB: 431',
      measured: String(statusForLargeHeaders),
      met: statusForLargeHeaders === 431,
    },
  ];
}

function machineAims({ machine: { calls, tokenRequests } }: ApplicationResults): Aim[] {
  return [
    {
      aim: `${calls.toLocaleString('en')} calls at once for a token of the application itself, and as many after them: one token request`,
      measured: String(tokenRequests),
      met: tokenRequests === 1,
    },
  ];
}

/** What the application is to do under load, and whether it does. */
export const applicationAims = (results: ApplicationResults): Aim[] => [
  ...throughputAims(results),
  ...dueAims(results),
  ...machineAims(results),
  ...steadyAims(results),
  ...results.floods.flatMap(floodAims),
  ...passwordAims(results),
  ...connectionAims(results),
];

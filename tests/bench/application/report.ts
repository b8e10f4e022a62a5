import { availableParallelism, cpus } from 'node:os';
import { type Measurement, merge, percentile, rate } from '../load.ts';
import { table } from '../table.ts';
import { applicationAims } from './aims.ts';
import type { BearerRounds } from './bearer.ts';
import { type GateParts, partNames } from './gate-parts.ts';
import type { ProcessorMeasurement } from './processor-time.ts';
import { type Ratio, ratioOf } from './ratio.ts';
import type { ApplicationResults } from './results.ts';
import { type SiteName, siteNames } from './sites.ts';
import { addedBy } from './steady-load.ts';
import type { SiteRounds } from './throughput.ts';

const titles: Record<SiteName, string> = {
  ours: 'Cabana’s gate and guard',
  passThrough: 'no gate',
  nextAuth: 'next-auth’s gate and getServerSession',
};

const whole = (number: number): string => Math.round(number).toLocaleString('en');
const quantiles = (measurement: Measurement): string[] =>
  [0.5, 0.99].map((share) => percentile(measurement, share).toFixed(1));

function spread(rounds: Measurement[]): string {
  const rates = rounds.map(rate);
  return `${whole(Math.min(...rates))} to ${whole(Math.max(...rates))}`;
}

const ratioText = ({ median, lowest, highest }: Ratio): string =>
  `${median.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;

/** Rates, latencies and processor time of several things that were measured in turn. */
function roundsTable(
  titles: [subject: string, answers: string],
  rows: { title: string; rounds: ProcessorMeasurement[]; ratio: string }[],
): string[] {
  const cells = rows.map(({ title, rounds, ratio }) => {
    const all = merge(rounds);
    const processor = rounds.reduce((sum, { processorEach, count }) => sum + processorEach * count, 0);
    return [
      title,
      whole(rate(all)),
      spread(rounds),
      ...quantiles(all),
      (processor / all.count).toFixed(2),
      ratio,
    ];
  });
  const [subject, answers] = titles;
  const head = [subject, `${answers} a second`, 'in single rounds', 'p50 ms', 'p99 ms', 'processor ms'];
  return table([[...head, 'our rate to it'], ...cells]);
}

const siteTable = (rounds: SiteRounds): string[] =>
  roundsTable(
    ['the same page behind', 'pages'],
    siteNames.map((name) => ({
      title: titles[name],
      rounds: rounds[name],
      ratio: name === 'ours' ? '' : ratioText(ratioOf(rounds.ours, rounds[name])),
    })),
  );

const bearerTable = ({ guarded, unguarded }: BearerRounds): string[] =>
  roundsTable(
    ['the same answer', 'answers'],
    [
      { title: '`GET /api/v1/me`, to an access token', rounds: guarded, ratio: '' },
      { title: 'to everybody', rounds: unguarded, ratio: ratioText(ratioOf(guarded, unguarded)) },
    ],
  );

function partTable(parts: GateParts): string[] {
  const rows = partNames.map((name) => {
    const { cold, warm } = parts[name];
    return [
      name,
      ...[cold.median, cold.p99, warm.median, warm.p99].map((time) => time.toFixed(time < 10 ? 1 : 0)),
    ];
  });
  return table([['part', 'first time, median µs', 'p99 µs', 'next time, median µs', 'p99 µs'], ...rows]);
}

/** The results as Markdown, as docs/performance.md has them. */
export function applicationReport(results: ApplicationResults): string {
  const {
    loadBefore,
    connections,
    sessions,
    returning,
    firstTime,
    bearer,
    parts,
    steady,
    passwords,
    machine,
    oneDue,
  } = results;
  const rounds = returning.ours.length;
  return [
    `${availableParallelism()} processors (${cpus()[0]?.model.trim()}), load generator and user pool included; ` +
      `Node.js ${process.versions.node}; load average before: ${loadBefore.toFixed(1)}.`,
    '',
    `${connections} connections, ${sessions} sessions in turn, ${rounds} rounds:`,
    '',
    ...siteTable(returning),
    '',
    `Each session for the first and only time, ${whole(merge(firstTime.ours).count)} of them:`,
    '',
    ...siteTable(firstTime),
    '',
    'A request of the API, rate limits included:',
    '',
    ...bearerTable(bearer),
    '',
    'One page load, part by part; the middleware does all but the registry, the page’s guard the last two:',
    '',
    ...partTable(parts),
    '',
    `A refresh that nothing else waits for takes ${whole(oneDue.refresh)} ms, page included. At ${steady.perSecond} pages a second ` +
      `of ${whole(steady.sessions)} sessions the gate adds ${addedBy(steady, 0.5).toFixed(1)} ms at p50. ` +
      `Passwords were tried ${whole(rate(passwords.attempts))} times a second. ` +
      `A token of the application itself costs a call ${machine.atOnce.toFixed(1)} µs while ${whole(machine.calls)} wait for one token request, ` +
      `and ${machine.held.toFixed(1)} µs once it is held.`,
    '',
    ...table([
      ['aim', 'measured', ''],
      ...applicationAims(results).map(({ aim, measured, met }) => [aim, measured, met ? 'met' : 'MISSED']),
    ]),
    '',
  ].join('\n');
}

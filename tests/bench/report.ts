import { availableParallelism } from 'node:os';
import { aims, percent, shareOfSigningLimit, timesCognitoLocal } from './aims.ts';
import { type Measurement, percentile, rate } from './load.ts';
import type { CaseResult, Results } from './results.ts';

const NONE = '–';
const whole = (number: number): string => Math.round(number).toLocaleString('en');

/** The results as text tables. */
export function report(results: Results, peerVersion: string, connections: number): string {
  const { loadBefore, cases, ready, many } = results;
  const measured = cases.map(({ name, localPool, cognitoLocal, ...rest }) => [
    name,
    ...columns(localPool),
    ...columns(cognitoLocal),
    orNone(timesCognitoLocal({ name, localPool, ...(cognitoLocal && { cognitoLocal }), ...rest }), (times) =>
      times.toFixed(1),
    ),
    orNone(shareOfSigningLimit({ name, localPool, ...rest }), percent),
  ]);
  return [
    `The local pool beside cognito-local ${peerVersion}: ${connections} connections on loopback, ` +
      `${availableParallelism()} processors, load generator included, Node.js ${process.versions.node}`,
    `Load average before: ${loadBefore.toFixed(1)}; on a busy machine the ratios say more than the rates.`,
    '',
    ...table([
      ['', 'local pool', '', '', 'cognito-local', '', '', 'times', 'of the'],
      ['', 'per second', 'p50 ms', 'p99 ms', 'per second', 'p50 ms', 'p99 ms', 'its rate', 'signing limit'],
      ...measured,
    ]),
    '',
    ...table([
      ['', 'local pool', 'cognito-local', 'ratio'],
      [
        'ready on an existing store, ms',
        whole(ready.localPool),
        whole(ready.cognitoLocal),
        (ready.cognitoLocal / ready.localPool).toFixed(1),
      ],
    ]),
    '',
    ...table([
      ['local pool', `${whole(many.users)} users`, '10 users', 'ratio'],
      ['sign-ins per second', ...speeds(many.signIn)],
      ['first sign-ins of people per second', whole(rate(many.first)), '', ''],
      ['ready on an existing store, ms', whole(many.ready), whole(ready.localPool), ''],
      ['resident after creating them, MB', whole(many.resident), '', ''],
      ['users created per second', whole(many.users / many.created), '', ''],
    ]),
    '',
    ...signingLines(cases),
    '',
    ...table(aims(results).map(({ aim, measured, met }) => [aim, measured, met ? 'met' : 'MISSED'])),
    '',
  ].join('\n');
}

function columns(measurement: Measurement | undefined): string[] {
  if (!measurement) return [NONE, NONE, NONE];
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(measurement, share).toFixed(1));
  return [whole(rate(measurement)), p50 ?? NONE, p99 ?? NONE];
}

function speeds({ many, ten }: Results['many']['signIn']): string[] {
  return [whole(rate(many)), whole(rate(ten)), (rate(many) / rate(ten)).toFixed(2)];
}

function signingLines(cases: CaseResult[]): string[] {
  return cases.flatMap(({ name, signing, signatures }) =>
    signing
      ? [
          `RSA-2048 signatures per second beside ${name}: ${whole(rate(signing))}, ` +
            `so a limit of ${whole(rate(signing) / signatures)}`,
        ]
      : [],
  );
}

const orNone = (value: number | undefined, text: (value: number) => string): string =>
  value === undefined ? NONE : text(value);

/** Columns under each other: the first to the left, the others to the right. */
function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

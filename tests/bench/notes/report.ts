import type { Aim } from '../aims.ts';
import { percentile } from '../load.ts';
import { table } from '../table.ts';
import type { NotesCase } from './bench.ts';

const LONGEST_MS = 20;

const slowest = (cases: readonly NotesCase[]): number =>
  Math.max(...cases.flatMap(({ first, deep }) => [first, deep].map((pages) => percentile(pages, 0.99))));

const aims = (cases: readonly NotesCase[]): Aim[] =>
  [...new Set(cases.map(({ database }) => database))].map((name) => {
    const p99 = slowest(cases.filter(({ database }) => database === name));
    return {
      aim: `every list of 100,000 notes on ${name}: p99 under ${LONGEST_MS} ms`,
      measured: `${p99.toFixed(1)} ms`,
      met: p99 < LONGEST_MS,
    };
  });

const times = ({ first, deep }: NotesCase): string[] =>
  [first, deep].flatMap((pages) => [0.5, 0.99].map((share) => percentile(pages, share).toFixed(1)));

/** The results as Markdown. */
export const notesReport = (cases: readonly NotesCase[]): string =>
  [
    '100,000 notes of 500 owners in 50 tenants, 30,000 of them shared with one of 20 groups:',
    '',
    ...table([
      ['a page of', 'database', 'notes', 'first page, p50 ms', 'p99 ms', 'deep page, p50 ms', 'p99 ms'],
      ...cases.map((one) => [one.reader, one.database, `${one.limit}`, ...times(one)]),
    ]),
    '',
    ...table([
      ['aim', 'measured', ''],
      ...aims(cases).map(({ aim, measured, met }) => [aim, measured, met ? 'met' : 'MISSED']),
    ]),
    '',
  ].join('\n');

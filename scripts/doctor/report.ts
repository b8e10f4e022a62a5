import type { Finding, Verdict } from './finding.ts';

export const countOf = (findings: readonly Finding[], verdict: Verdict): number =>
  findings.filter((finding) => finding.verdict === verdict).length;

/** One line for a person. */
export const lineOf = ({ verdict, check, found, advice }: Finding): string =>
  `${verdict.padEnd(8)} ${check}: ${found}${advice ? `. ${advice}` : ''}`;

const several = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const summaryOf = (findings: readonly Finding[]): string =>
  `${several(countOf(findings, 'problem'), 'problem')}, ${several(countOf(findings, 'warning'), 'warning')}`;

/** The same for a machine: `{ problems, warnings, findings: [{ check, verdict, found, advice }] }`. */
export const jsonOf = (findings: readonly Finding[]): string =>
  JSON.stringify(
    { problems: countOf(findings, 'problem'), warnings: countOf(findings, 'warning'), findings },
    undefined,
    2,
  );

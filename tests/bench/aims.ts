import { percentile, rate } from './load.ts';
import type { CaseResult, Results } from './results.ts';

export interface Aim {
  aim: string;
  measured: string;
  met: boolean;
}

/** How many times as fast as cognito-local the local pool is. */
export function timesCognitoLocal({ localPool, cognitoLocal }: CaseResult): number | undefined {
  return cognitoLocal && rate(localPool) / rate(cognitoLocal);
}

/** The share of what the machine could do if it did nothing but sign. */
export function shareOfSigningLimit({ localPool, signing, signatures }: CaseResult): number | undefined {
  return signing && rate(localPool) / (rate(signing) / signatures);
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The speeds that the local pool is to have, and whether it has. */
export function aims({ cases, ready, many }: Results): Aim[] {
  const signedTwice = cases.filter(({ signatures }) => signatures === 2);
  const slowest = Math.max(...cases.map(({ localPool }) => percentile(localPool, 0.99)));
  const slowestStart = Math.max(ready.localPool, many.ready);
  const withMany = rate(many.signIn.many) / rate(many.signIn.ten);
  return [
    ...signedTwice.map((result) => {
      const times = timesCognitoLocal(result) ?? Number.NaN;
      return {
        aim: `${result.name}: 5 times cognito-local`,
        measured: `${times.toFixed(1)} times`,
        met: times >= 5,
      };
    }),
    ...signedTwice.map((result) => {
      const share = shareOfSigningLimit(result) ?? Number.NaN;
      return {
        aim: `${result.name}: half of the signing limit`,
        measured: percent(share),
        met: share >= 0.5,
      };
    }),
    { aim: 'p99 of every case under 30 ms', measured: `${slowest.toFixed(1)} ms`, met: slowest < 30 },
    {
      aim: 'ready on an existing store in under 500 ms',
      measured: `${Math.round(slowestStart)} ms`,
      met: slowestStart < 500,
    },
    {
      aim: `resident memory under 200 MB after creating ${many.users.toLocaleString('en')} users`,
      measured: `${Math.round(many.resident)} MB`,
      met: many.resident < 200,
    },
    {
      // Two measurements of the same thing differ by this much.
      aim: 'sign-in with them as fast as with ten (within 10 %)',
      measured: percent(withMany),
      met: withMany >= 0.9,
    },
  ];
}

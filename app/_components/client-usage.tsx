import type { ClientUsage } from '#lib/machine/usage-report.ts';
import { Facts } from './facts.tsx';
import { dayWords } from './month-words.ts';
import { SectionCard } from './section-card.tsx';

const number = new Intl.NumberFormat('en');
const share = new Intl.NumberFormat('en', {
  style: 'percent',
  maximumFractionDigits: 2,
  roundingMode: 'floor',
});

const columns = [
  ['tokens_issued', 'Issued'],
  ['token_requests', 'Requests'],
  ['calls', 'Calls'],
  ['cache_hits', 'Reused'],
  ['failures', 'Failed'],
] as const;

type Props = {
  usage: ClientUsage;
  /** In words. */
  month: string;
};

/** What one app client asked tokens for: the month in words, and each day as a row. */
export function ClientUsageCard({ usage: { clientId, total, days }, month }: Props) {
  const { calls, cache_hits, token_requests, tokens_issued, failures } = total;
  return (
    <SectionCard heading={`App client ${clientId}`} note={month} className="wrap-anywhere">
      <Facts
        facts={[
          ['Issued', `${number.format(tokens_issued)} (what Cognito bills)`],
          ['Requests', `${number.format(token_requests)} (sent to the user pool)`],
          ['Calls', `${number.format(calls)} (how often a token was wanted)`],
          [
            'Reused',
            `${number.format(cache_hits)} (${share.format(cache_hits / (calls || 1))} of the calls)`,
          ],
          ['Failed', `${number.format(failures)} (calls that were given no token)`],
        ]}
      />
      <section
        aria-label={`Days of ${clientId}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        tabIndex={0}
        className="mt-6 overflow-x-auto border-t border-edge"
      >
        <table className="w-full text-right text-sm whitespace-nowrap tabular-nums sm:text-base">
          <thead>
            <tr className="border-b border-edge text-sm text-quiet">
              <th scope="col" className="py-2 pr-4 text-left font-normal">
                Day (UTC)
              </th>
              {columns.map(([name, label]) => (
                <th key={name} scope="col" className="py-2 pl-4 font-normal">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day} className="border-b border-edge last:border-0">
                <th scope="row" className="py-2.5 pr-4 text-left font-normal">
                  <time dateTime={day.day}>{dayWords(day.day)}</time>
                </th>
                {columns.map(([name]) => (
                  <td key={name} className="py-2.5 pl-4">
                    {number.format(day[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </SectionCard>
  );
}

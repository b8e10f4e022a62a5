/** Custom claims first, because they are what an application is usually asked about; then by name. */
function inReadingOrder(claims: Readonly<Record<string, unknown>>): [string, unknown][] {
  const rank = (name: string) => (name.startsWith('custom:') ? 0 : 1);
  return Object.entries(claims).sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, 'en'));
}

const claimText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function ClaimsTable({ claims }: { claims: Readonly<Record<string, unknown>> }) {
  return (
    <table className="w-full table-fixed text-left">
      <thead className="sr-only sm:not-sr-only">
        <tr className="border-b border-edge text-sm text-quiet">
          <th scope="col" className="w-[45%] py-2 pr-3 sm:w-2/5 font-normal">
            Claim
          </th>
          <th scope="col" className="py-2 font-normal">
            Value
          </th>
        </tr>
      </thead>
      <tbody>
        {inReadingOrder(claims).map(([name, value]) => (
          <tr key={name} className="border-b border-edge align-top last:border-0">
            <th
              scope="row"
              className="py-2.5 pr-3 font-mono text-xs leading-6 sm:text-sm font-normal wrap-anywhere text-quiet"
            >
              {name}
            </th>
            <td className="py-2.5 text-sm leading-6 wrap-anywhere sm:text-base sm:leading-6">
              {claimText(value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

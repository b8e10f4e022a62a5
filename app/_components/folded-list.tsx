import type { ReactNode } from 'react';

type Props = {
  /** Elements of a list, each with its key. */
  items: readonly ReactNode[];
  /** How many are seen at once. */
  shown: number;
  /** What the rest is called, as "devices". */
  more: string;
};

/** A list of which the rest unfolds, so that a long one leaves what follows it within reach. */
export function FoldedList({ items, shown, more }: Props) {
  const rest = items.slice(shown);
  return (
    <>
      <ul className={`divide-y divide-edge *:first:pt-0 ${rest.length === 0 ? '*:last:pb-0' : ''}`}>
        {items.slice(0, shown)}
      </ul>
      {rest.length > 0 && (
        <details className="border-t border-edge">
          <summary className="text-link min-h-11 cursor-pointer py-3 font-semibold">
            {`Show ${rest.length} more ${more}`}
          </summary>
          <ul className="divide-y divide-edge *:last:pb-0">{rest}</ul>
        </details>
      )}
    </>
  );
}

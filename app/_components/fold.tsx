import type { ReactNode } from 'react';

/** What most readers pass over; it opens without a script. */
export function Fold({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details>
      <summary className="text-link min-h-11 cursor-pointer py-2.5 text-sm font-semibold">{summary}</summary>
      <div className="mt-1">{children}</div>
    </details>
  );
}

import { type ReactNode, useId } from 'react';

type Props = { heading: string; note?: string; className?: string; children: ReactNode };

/** A titled card; a landmark that a screen reader lists by its heading. */
export function SectionCard({ heading, note, className = '', children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`card min-w-0 ${className}`}>
      <h2 id={id} className="text-lg font-semibold tracking-tight">
        {heading}
      </h2>
      {note && <p className="mt-1 text-quiet">{note}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}

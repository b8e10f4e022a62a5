import type { ReactNode } from 'react';

type Props = {
  /** The HTTP status, as a small line over the heading. */
  status?: number;
  heading: string;
  /** What happened and what to do about it. */
  children: ReactNode;
  actions?: ReactNode;
};

/** A page that says one thing: an error, or that something is asked for first. */
export function MessagePage({ status, heading, children, actions }: Props) {
  return (
    <div className="card mx-auto my-2 max-w-xl sm:my-8 sm:p-10">
      {status && <p className="font-mono text-sm font-semibold tracking-widest text-coral">{status}</p>}
      <h1 className="mt-2 text-3xl font-semibold tracking-tight text-balance">{heading}</h1>
      <div className="mt-4 space-y-3 leading-relaxed text-pretty wrap-anywhere text-quiet">{children}</div>
      {actions && <div className="mt-8 flex flex-wrap gap-3">{actions}</div>}
    </div>
  );
}

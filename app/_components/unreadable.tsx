import type { ReactNode } from 'react';

/** Stands where something of the database would, while that does not answer. */
export function Unreadable({ children }: { children: ReactNode }) {
  return <p className="text-quiet">{children} Please try again shortly.</p>;
}

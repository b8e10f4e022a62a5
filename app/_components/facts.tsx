import type { ReactNode } from 'react';

type Props = {
  /** Names with their values; what has no value is left out. */
  facts: readonly (readonly [name: string, value: ReactNode | undefined])[];
};

/** Name and value pairs, one above the other on a phone and side by side where there is room. */
export function Facts({ facts }: Props) {
  return (
    <dl className="space-y-4">
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name} className="sm:grid sm:grid-cols-[6.5rem_1fr] sm:gap-5">
            <dt className="text-quiet">{name}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

import type { ReactNode } from 'react';

export function PageHeading({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div className="mb-8 max-w-2xl">
      <h1 className="text-3xl font-semibold tracking-tight text-balance wrap-anywhere sm:text-4xl">
        {heading}
      </h1>
      <div className="mt-3 text-lg leading-relaxed text-pretty text-quiet">{children}</div>
    </div>
  );
}

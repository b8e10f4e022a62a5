import type { Principal } from '#lib/access/principal.ts';
import { AccountArea } from './account-area.tsx';
import { AwningEdge } from './awning-edge.tsx';
import { AwningMark } from './awning-mark.tsx';
import { PageLink } from './page-link.tsx';
import { SiteNav } from './site-nav.tsx';

/** @param now seconds since the epoch */
export function SiteHeader({ principal, now }: { principal: Principal | undefined; now: number }) {
  return (
    <header>
      <AwningEdge />
      <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 sm:px-6">
        <PageLink
          href="/"
          className="inline-flex min-h-11 shrink-0 items-center gap-2.5 text-lg font-semibold tracking-tight"
        >
          <AwningMark className="size-8" />
          Cabana
        </PageLink>
        {principal && (
          <div className="order-last w-full sm:order-none sm:ml-4 sm:w-auto">
            <SiteNav principal={principal} now={now} />
          </div>
        )}
        <div className="ml-auto flex min-w-0 flex-1 justify-end">
          <AccountArea principal={principal} />
        </div>
      </div>
    </header>
  );
}

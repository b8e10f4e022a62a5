'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { PageLink } from './page-link.tsx';

type Props = {
  href: `/${string}`;
  /** The path below which the link counts as the current one, when it is not the link's own. */
  section?: string | undefined;
  children: ReactNode;
};

/** A link of a layout's navigation. A layout is not told the address it is drawn for, so this part asks for it. */
export function NavLink({ href, section = href, children }: Props) {
  const pathname = usePathname();
  const current = pathname === section || pathname.startsWith(`${section}/`);
  return (
    <PageLink
      href={href}
      aria-current={current ? 'page' : undefined}
      className="inline-flex min-h-11 items-center gap-1.5 border-b-2 border-transparent px-2 sm:px-3 text-quiet hover:text-ink aria-[current=page]:border-teal aria-[current=page]:font-semibold aria-[current=page]:text-ink"
    >
      {children}
    </PageLink>
  );
}

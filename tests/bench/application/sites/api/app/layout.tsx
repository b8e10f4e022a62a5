import type { ReactNode } from 'react';
import { SiteLayout } from '../../layout.tsx';

export const dynamic = 'force-dynamic';

export default function RootLayout({ children }: { children: ReactNode }) {
  return <SiteLayout>{children}</SiteLayout>;
}

import type { ReactNode } from 'react';
import { AccountNav } from '#components/account-nav.tsx';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AccountNav />
      {children}
    </>
  );
}

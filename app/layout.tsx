import './globals.css';
import type { Metadata, Viewport } from 'next';
import { unstable_rethrow } from 'next/navigation';
import type { ReactNode } from 'react';
import { SiteFooter } from '#components/site-footer.tsx';
import { SiteHeader } from '#components/site-header.tsx';
import { getPrincipal } from '#lib/access/guards.ts';
import type { Principal } from '#lib/access/principal.ts';

/** The header shows who is signed in, so no page may be built ahead of the request or shared between people. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'Cabana', template: '%s · Cabana' },
  description: 'Server-side sessions for Amazon Cognito user pools.',
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#0f766e' },
    { media: '(prefers-color-scheme: dark)', color: '#14120e' },
  ],
};

/** An error page stands in this layout too: whatever broke reading the session must not break telling so. */
async function principalIfReadable(): Promise<Principal | undefined> {
  try {
    return await getPrincipal();
  } catch (error) {
    unstable_rethrow(error);
    return undefined;
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const principal = await principalIfReadable();
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col bg-ground font-sans text-ink antialiased">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-10 focus:rounded-xl focus:bg-card focus:px-5 focus:py-3"
        >
          Skip to content
        </a>
        <SiteHeader principal={principal} now={Math.floor(Date.now() / 1_000)} />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-5xl flex-1 px-4 py-8 outline-none sm:px-6 sm:py-12"
        >
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
}

import { PageLink } from './page-link.tsx';

export function SiteFooter() {
  return (
    <footer className="mx-auto w-full max-w-5xl px-4 py-8 text-sm text-quiet sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 border-t border-edge pt-4">
        <p>Cabana keeps sessions for Amazon Cognito user pools on the server.</p>
        <PageLink href="/reference" className="text-link inline-flex min-h-11 items-center">
          API reference
        </PageLink>
      </div>
    </footer>
  );
}

import { AwningMark } from '#components/awning-mark.tsx';
import { PageLink } from '#components/page-link.tsx';
import { PolicyList } from '#components/policy-list.tsx';
import { SignInForm } from '#components/sign-in-form.tsx';
import { getPrincipal } from '#lib/access/guards.ts';

export default async function WelcomePage() {
  const principal = await getPrincipal();
  return (
    <>
      <section className="grid items-center gap-10 py-4 md:grid-cols-[1fr_auto] lg:gap-20 lg:py-10">
        <div className="max-w-xl">
          <h1 className="text-4xl leading-tight font-semibold tracking-tight text-balance sm:text-5xl">
            A shaded place for your sessions
          </h1>
          <p className="mt-6 text-lg leading-relaxed text-quiet">
            Cabana signs people in through an Amazon Cognito user pool and keeps their session on the server.
            Tokens are sealed into cookies that no script in the browser can read. Groups, claims and scopes
            decide which pages open, and to whom.
          </p>
          <div className="mt-8">
            {principal ? (
              <PageLink href="/home" className="button-primary px-7">
                Go to your home
              </PageLink>
            ) : (
              <SignInForm className="px-7" />
            )}
          </div>
        </div>
        <AwningMark className="hidden size-64 md:block lg:size-80" />
      </section>
      <section className="mt-10 lg:mt-14" aria-labelledby="pages">
        <h2 id="pages" className="text-xl font-semibold tracking-tight">
          What opens for whom
        </h2>
        <PolicyList />
      </section>
    </>
  );
}

import type { Metadata } from 'next';
import { AwsCredentialsCard } from '#components/aws-credentials.tsx';
import { AwsRoleCard } from '#components/aws-role.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { Identifier } from '#components/identifier.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { getSession, requirePage } from '#lib/access/guards.ts';
import { handedIdToken } from '#lib/access/handed-id-token.ts';
import { credentialsFor } from '#lib/cognito/identity-pool.ts';
import { roleSettings } from '#lib/cognito/identity-pool-roles.ts';
import { explainRole } from '#lib/cognito/role-mapping.ts';
import { config } from '#lib/config.ts';
import { isErrorCode, publicText, resultOrCode } from '#lib/errors.ts';
import { knownClaims } from '#lib/session/known-claims.ts';

export const metadata: Metadata = { title: 'AWS credentials', robots: { index: false } };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function AwsCredentialsPage({ searchParams }: { searchParams: Query }) {
  await requirePage('/account/aws-credentials');
  const live = await getSession();
  const query = await searchParams;
  const settings = config();
  if (!settings.identityPool || !live) return <NotConfigured />;

  const idToken = await handedIdToken();
  const [given, rules] = await Promise.all([
    idToken && resultOrCode(credentialsFor(settings, idToken.text)),
    resultOrCode(roleSettings(settings, settings.clientId)),
  ]);
  const { claims, isKnown } = idToken ? { claims: idToken.claims, isKnown: undefined } : knownClaims(live);
  const failed = typeof given === 'string' ? given : isErrorCode(query.error) ? query.error : undefined;
  const now = Math.floor(Date.now() / 1_000);
  return (
    <>
      <Heading />
      <FormProblem code={failed} />
      {!given && !failed && query.done === 'asked' && (
        <p role="status" className="mb-6 rounded-xl border border-edge bg-sunken p-4 leading-relaxed">
          Credentials are shown once, and there are none to show now. Please ask for them again.
        </p>
      )}
      <div className="grid gap-5">
        {given && typeof given !== 'string' && <AwsCredentialsCard credentials={given} now={now} />}
        <AwsRoleCard role={typeof rules === 'string' ? rules : explainRole(rules, claims, isKnown)} />
        <SectionCard
          heading="Get credentials"
          note="For the AWS CLI or an SDK, of the role above and for an hour at the most. Your claims are taken anew for it."
        >
          <form method="post" action="/account/aws-credentials/get">
            <button type="submit" className="button-primary">
              Get credentials
            </button>
          </form>
        </SectionCard>
      </div>
    </>
  );
}

function Heading() {
  return (
    <PageHeading heading="AWS credentials">
      <p>Your sign-in can be exchanged for temporary credentials of a role in AWS.</p>
    </PageHeading>
  );
}

function NotConfigured() {
  return (
    <>
      <Heading />
      <SectionCard heading="There is no identity pool">
        <p className="leading-relaxed">{publicText('identity_pool_missing')}</p>
        <p className="mt-3 leading-relaxed text-quiet">
          <Identifier>COGNITO_IDENTITY_POOL_ID</Identifier> names one.
        </p>
      </SectionCard>
    </>
  );
}

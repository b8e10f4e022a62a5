import type { RoleExplanation, RoleReason } from '#lib/cognito/role-mapping.ts';
import { type ErrorCode, publicText } from '#lib/errors.ts';
import { Facts } from './facts.tsx';
import { Identifier } from './identifier.tsx';
import { RoleRule } from './role-rule.tsx';
import { SectionCard } from './section-card.tsx';

const reasons: Record<RoleReason, string> = {
  rule: 'A rule of the identity pool matched your claims. The first one that does decides.',
  preferred_role: 'Your groups have roles of their own, and your ID token prefers this one.',
  authenticated_role:
    'Nothing leads you to a role of your own, so you have that of everybody who is signed in.',
  no_role: 'Nothing leads you to a role, and the identity pool has none for everybody who is signed in.',
  denied: 'Nothing leads you to a role, and the identity pool then gives no credentials.',
  unknown:
    'It follows from a claim that your session does not keep. Get credentials: this page then has all of your claims for a moment.',
};

/** Which role the identity pool gives, and why; or why that cannot be told. */
export function AwsRoleCard({ role }: { role: RoleExplanation | ErrorCode }) {
  return (
    <SectionCard heading="Your role">
      {typeof role !== 'string' ? (
        <>
          <p className="mb-5 leading-relaxed">{reasons[role.reason]}</p>
          {role.roleArn !== undefined && (
            <Facts facts={[['Role', <Identifier key="role">{role.roleArn}</Identifier>]]} />
          )}
          {role.rules.length > 0 && (
            <ol
              aria-label="Rules, in their order"
              className="mt-6 divide-y divide-edge border-t border-edge *:last:pb-0"
            >
              {role.rules.map((rule, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name, and two may say the same
                <RoleRule key={index} rule={rule} />
              ))}
            </ol>
          )}
        </>
      ) : (
        <p className="leading-relaxed">{publicText(role)}</p>
      )}
    </SectionCard>
  );
}

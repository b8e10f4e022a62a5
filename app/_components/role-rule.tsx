import type { JudgedRule, RuleOutcome } from '#lib/cognito/role-mapping.ts';
import { Facts } from './facts.tsx';
import { Identifier } from './identifier.tsx';
import { matchWords } from './match-words.ts';

const outcomes: Record<RuleOutcome, string> = {
  matched: 'Matched',
  not_matched: 'Did not match',
  not_reached: 'Not reached',
  unknown: 'Not known yet',
};

function Found({ rule: { found, outcome } }: { rule: JudgedRule }) {
  if (found !== undefined) return <Identifier>{found}</Identifier>;
  return outcome === 'unknown' ? 'Your session does not keep this claim.' : 'You have no such claim.';
}

/** One rule of the identity pool: what it asks, what it found, and what came of it. */
export function RoleRule({ rule }: { rule: JudgedRule }) {
  const { claim, match, value, roleArn, outcome } = rule;
  const matched = outcome === 'matched';
  return (
    <li className="py-5">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 className="min-w-0 wrap-anywhere">
          <Identifier>{claim}</Identifier> {matchWords[match]} <Identifier>{value}</Identifier>
        </h3>
        <p
          className={`rounded-xl px-3.5 py-1 text-sm leading-6 ${matched ? 'bg-teal-tint font-semibold text-teal-deep' : 'bg-sunken text-quiet'}`}
        >
          {outcomes[outcome]}
        </p>
      </div>
      <Facts
        facts={[
          ['Found', <Found key="found" rule={rule} />],
          ['Leads to', <Identifier key="role">{roleArn}</Identifier>],
        ]}
      />
    </li>
  );
}

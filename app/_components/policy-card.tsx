import { type GatedPath, pagePolicies } from '#lib/access/policies.ts';
import { policyWords } from './policy-words.ts';
import { SectionCard } from './section-card.tsx';

/** What the policy table asks of whoever opens a page. */
export function PolicyCard({ path }: { path: GatedPath }) {
  return (
    <SectionCard heading="What this page asks for" note={`The policy table’s line for ${path}, in words.`}>
      <ul className="space-y-3">
        {policyWords(pagePolicies[path]).map((words) => (
          <li key={words} className="flex gap-3">
            <svg viewBox="0 0 20 20" className="mt-1 size-5 shrink-0" aria-hidden="true" focusable="false">
              <circle cx="10" cy="10" r="10" className="fill-teal-tint" />
              <path
                d="m5.5 10.5 3 3 6-7"
                fill="none"
                className="stroke-teal"
                strokeWidth="2"
                strokeLinecap="round"
              />
            </svg>
            <span className="min-w-0 wrap-anywhere first-letter:uppercase">{words}</span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

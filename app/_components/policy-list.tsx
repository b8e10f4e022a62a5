import { type GatedPath, pagePolicies } from '#lib/access/policies.ts';
import { PageLink } from './page-link.tsx';
import { policyWords } from './policy-words.ts';

/** Lines of the table that gate a form: there is nothing to open at their address. */
const forms: readonly GatedPath[] = ['/admin/sign-out'];

/** The policy table in words, one card for each gated page and form. */
export function PolicyList() {
  return (
    <ul className="mt-5 grid gap-4 sm:grid-cols-3">
      {(Object.keys(pagePolicies) as GatedPath[]).map((path) => (
        <li key={path} className="card wrap-anywhere">
          {forms.includes(path) ? (
            <span className="inline-flex min-h-11 items-center font-mono font-semibold">{path}</span>
          ) : (
            <PageLink
              href={path}
              className="text-link inline-flex min-h-11 items-center font-mono font-semibold"
            >
              {path}
            </PageLink>
          )}
          {policyWords(pagePolicies[path]).map((words) => (
            <p key={words} className="mt-1 text-quiet first-letter:uppercase">
              {words}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

import { type GatedPath, pagePolicies } from '#lib/access/policies.ts';
import { judge } from '#lib/access/policy.ts';
import type { Principal } from '#lib/access/principal.ts';
import { LockIcon } from './lock-icon.tsx';
import { NavLink } from './nav-link.tsx';

const entries = [
  ['/home', 'Home'],
  ['/notes', 'Notes'],
  ['/pro', 'Pro'],
  ['/admin', 'Admin'],
  ['/account/sessions', 'Account', '/account'],
] as const satisfies readonly [GatedPath, string, section?: string][];

/** Every gated page, those that the policy would refuse marked rather than hidden: hiding protects nothing. */
export function SiteNav({ principal, now }: { principal: Principal; now: number }) {
  const closed = (path: GatedPath) =>
    ['forbidden', 'insufficient_scope'].includes(judge(pagePolicies[path], principal, now));
  return (
    <nav aria-label="Pages" className="-mx-2 sm:-mx-3">
      <ul className="flex flex-wrap">
        {entries.map(([path, label, section]) => (
          <li key={path}>
            <NavLink href={path} section={section}>
              {label}
              {closed(path) && (
                <>
                  <LockIcon />
                  <span className="sr-only">(not open to you)</span>
                </>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

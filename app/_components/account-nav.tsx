import { NavLink } from './nav-link.tsx';

/** The pages of the account area. */
export function AccountNav() {
  return (
    <nav aria-label="Account" className="mb-8 border-b border-edge">
      <ul className="-mx-2 -mb-px flex flex-wrap sm:-mx-3">
        <li>
          <NavLink href="/account/sessions">Sessions</NavLink>
        </li>
        <li>
          <NavLink href="/account/password">Password</NavLink>
        </li>
        <li>
          <NavLink href="/account/aws-credentials">AWS credentials</NavLink>
        </li>
      </ul>
    </nav>
  );
}

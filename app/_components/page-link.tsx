import type { ComponentProps } from 'react';

type Props = Omit<ComponentProps<'a'>, 'href'> & { href: `/${string}` };

/**
 * A link to a page of this application: a plain one, which loads a document. `next/link` would prefetch the page,
 * and with it run the middleware, which could spend a refresh token for a page that nobody opened (case BS-11).
 * It would also keep the layout across pages, so that a header drawn for a session stays after that session has
 * ended, and keep gated pages in the browser's memory.
 */
export function PageLink({ href, children, ...rest }: Props) {
  return (
    <a href={href} {...rest}>
      {children}
    </a>
  );
}

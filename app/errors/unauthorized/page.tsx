import type { Metadata } from 'next';
import { unauthorized } from 'next/navigation';

export const metadata: Metadata = { title: 'Please sign in' };

/** Where the middleware rewrites an anonymous request that cannot be sent to the sign-in page, as it carries data. */
export default function UnauthorizedPage() {
  unauthorized();
}

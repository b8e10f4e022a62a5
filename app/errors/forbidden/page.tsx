import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';

export const metadata: Metadata = { title: 'Not open to you' };

/** Where the middleware rewrites a request that the policy table refuses. */
export default function ForbiddenPage() {
  forbidden();
}

import { redirect } from 'next/navigation';
import { getServerSession } from 'next-auth';
import { OrdersPage } from '../../../orders-page.tsx';
import { authOptions } from '../../auth-options.ts';

export default async function Home() {
  const session = await getServerSession(authOptions);
  if (!session?.user) redirect('/api/auth/signin');
  return <OrdersPage name={String(session.user.name)} />;
}

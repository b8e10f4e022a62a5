import { requirePage } from '#lib/access/guards.ts';
import { OrdersPage } from '../../../orders-page.tsx';

export default async function Home() {
  const { claims } = await requirePage('/home');
  return <OrdersPage name={String(claims.name)} />;
}

import { OrdersPage } from '../../../orders-page.tsx';

export default async function Home() {
  return <OrdersPage name="Person" />;
}

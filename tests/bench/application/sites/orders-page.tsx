const goods = ['Rope', 'Anchor', 'Lantern', 'Sailcloth', 'Compass', 'Tar', 'Oar', 'Chart'];

const orders = Array.from({ length: 40 }, (_, index) => ({
  number: 10_400 + index,
  what: goods[index % goods.length],
  pieces: 1 + ((index * 7) % 12),
  price: 19.5 + index * 3.25,
}));

/**
 * A page of moderate size, the same on every site: a heading and a table of forty rows.
 * @param name of whoever is signed in, as far as the site knows
 */
export function OrdersPage({ name }: { name: string }) {
  return (
    <>
      <h1>Orders of {name}</h1>
      <table>
        <thead>
          <tr>
            <th>Number</th>
            <th>Goods</th>
            <th>Pieces</th>
            <th>Price</th>
          </tr>
        </thead>
        <tbody>
          {orders.map(({ number, what, pieces, price }) => (
            <tr key={number}>
              <td>
                <a href={`/orders/${number}`}>{number}</a>
              </td>
              <td>{what}</td>
              <td>{pieces}</td>
              <td>{price.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

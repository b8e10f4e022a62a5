import type { ReactNode } from 'react';

const areas = ['Home', 'Orders', 'Customers', 'Stock', 'Reports', 'Settings'];

/** The frame around the page, the same on every site. */
export function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header>
          <a href="/">Harbour Supplies</a>
          <nav aria-label="Areas">
            <ul>
              {areas.map((area) => (
                <li key={area}>
                  <a href={`/${area.toLowerCase()}`}>{area}</a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        <main>{children}</main>
        <footer>
          <p>Orders are shown as of the last delivery. Prices are in euros and include tax.</p>
        </footer>
      </body>
    </html>
  );
}

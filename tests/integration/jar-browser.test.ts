import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openJarBrowser } from '../support/jar-browser.ts';

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const again = request.method === 'POST' || request.url === '/circle';
    response.writeHead(again ? 303 : 200, again ? { location: request.url } : {});
    response.end(again ? '' : 'The page again.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

it('a test’s browser follows a form’s answer to the address of the form itself', async () => {
  const browser = openJarBrowser(origin);
  const page = await browser.follow(await browser.post('/login', {}), origin);
  expect(page).toMatchObject({ status: 200, text: 'The page again.' });
});

it('and gives a circle up', async () => {
  const browser = openJarBrowser(origin);
  await expect(browser.follow(await browser.get('/circle'), origin)).rejects.toThrow('in a circle');
});

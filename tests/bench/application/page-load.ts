import type { Question } from '../exchange.ts';
import { type Load, type LoadGenerator, type Measurement, measure } from '../load.ts';
import type { ServerProcess } from '../server-process.ts';

/**
 * A browser's request for the page that every site has, and the application too.
 * @param expected what the page shows of whoever is signed in
 */
export const pageThatShows = (expected: string): Question => ({
  method: 'GET',
  path: '/home',
  headers: {
    accept: 'text/html',
    'accept-encoding': 'identity',
    'user-agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  },
  expected,
});

// React marks where one text ends and the next begins.
const ordersPage = pageThatShows('Orders of <!-- -->Person');

/**
 * Loads a page with cookies in turn.
 * @param load how often, and how many at a time
 * @param by what asks, and for which page: one that is started for this load alone, and the page of the sites, unless it is said
 */
export const loadPage = (
  { port }: Pick<ServerProcess, 'port'>,
  cookies: string[],
  load: Omit<Load, 'port' | 'question' | 'bodies' | 'cookies'>,
  { question = ordersPage, run = measure }: { question?: Question; run?: LoadGenerator['run'] } = {},
): Promise<Measurement> => run({ port, question, bodies: [''], cookies, ...load });

import { setTimeout } from 'node:timers/promises';
import { SERVED_BY } from './balancer.ts';
import type { Answer, Browser } from './browser.ts';

export interface Person {
  username: string;
  browser: Browser;
}

/** One page load, as the person before the browser sees it. */
export interface PageLoad {
  /** `home` when the person's own page was shown; else what was there instead. */
  shown: 'home' | 'sign-in' | 'lost' | 'loop' | 'somebody else' | `${number} at ${string}`;
  redirects: number;
  /** Milliseconds until the last page, and when it began, since the epoch. */
  took: number;
  began: number;
  /** The port of the instance that gave the last answer, or lost it. */
  servedBy: number;
}

const MOST_REDIRECTS = 5;

function shownBy(answer: Answer, username: string): PageLoad['shown'] {
  if (answer.location) return 'loop';
  if (answer.status === 502) return 'lost';
  if (answer.url.pathname === '/sign-in') return 'sign-in';
  if (answer.status !== 200 || answer.url.pathname !== '/home')
    return `${answer.status} at ${answer.url.pathname}`;
  return answer.text.includes(username) ? 'home' : 'somebody else';
}

/** Opens the gated page and follows redirects as browsers do. */
export async function openHome({ browser, username }: Person): Promise<PageLoad> {
  const began = Date.now();
  const started = performance.now();
  let answer = await browser.get('/home');
  let redirects = 0;
  for (; answer.location && redirects < MOST_REDIRECTS; redirects += 1)
    answer = await browser.get(answer.location.href);
  return {
    shown: shownBy(answer, username),
    redirects,
    took: performance.now() - started,
    began,
    servedBy: Number(answer.headers.get(SERVED_BY)),
  };
}

const LEAST_PAUSE_MS = 8_000;
const LONGER_PAUSE_MS = 10_000;

/** Spread evenly, and the same in every run. */
const spread = (index: number, turn: number): number => (index * 0.618_034 + turn * 0.414_214) % 1;

/** A tab that was told of a lost connection is loaded again, as often as that takes. */
async function loadTab(person: Person): Promise<PageLoad[]> {
  const load = await openHome(person);
  return load.shown === 'lost' ? [load, ...(await loadTab(person))] : [load];
}

/** @returns every page load of the tabs that a person opens at once */
export async function openTabs(person: Person, tabs: number): Promise<PageLoad[]> {
  return (await Promise.all(Array.from({ length: tabs }, () => loadTab(person)))).flat();
}

/**
 * Each person opens two to four tabs at once, looks at them for eight to eighteen seconds, and does so again.
 * @param until milliseconds since the epoch; no one begins after it
 * @returns every page load there was
 */
export async function browse(people: readonly Person[], until: number): Promise<PageLoad[]> {
  const loads: PageLoad[] = [];
  const all = people.map(async (person, index) => {
    await setTimeout(spread(index, 0) * LONGER_PAUSE_MS);
    for (let turn = 1; Date.now() < until; turn += 1) {
      loads.push(...(await openTabs(person, 2 + ((index + turn) % 3))));
      await setTimeout(LEAST_PAUSE_MS + spread(index, turn) * LONGER_PAUSE_MS);
    }
  });
  await Promise.all(all);
  return loads;
}

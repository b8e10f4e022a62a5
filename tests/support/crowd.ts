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

/** A tab that was told of a lost connection is loaded again, as often as that takes. */
async function loadTab(person: Person): Promise<PageLoad[]> {
  const load = await openHome(person);
  return load.shown === 'lost' ? [load, ...(await loadTab(person))] : [load];
}

/** @returns every page load of the tabs that a person opens at once */
export async function openTabs(person: Person, tabs: number): Promise<PageLoad[]> {
  return (await Promise.all(Array.from({ length: tabs }, () => loadTab(person)))).flat();
}

/** So many people load pages at the same time, so that a slow machine gets fewer pages rather than a queue. */
const AT_ONCE = 8;
const ROUND_MS = 550;

/**
 * One person after the other opens two to four tabs at once: about 45 page loads a second while the machine keeps up.
 * @param until milliseconds since the epoch; nobody begins after it
 * @returns every page load there was
 */
export async function browse(people: readonly Person[], until: number): Promise<PageLoad[]> {
  const loads: PageLoad[] = [];
  let turn = 0;
  async function takeTurns(): Promise<void> {
    while (Date.now() < until) {
      const person = people[turn % people.length] as Person;
      const tabs = 2 + (turn % 3);
      turn += 1;
      const [round] = await Promise.all([openTabs(person, tabs), setTimeout(ROUND_MS)]);
      loads.push(...round);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
  return loads;
}

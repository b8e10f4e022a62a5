import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { browse, openHome, openTabs, type PageLoad, type Person } from '../support/crowd.ts';
import { type Deployment, type DeploymentOptions, startDeployment } from '../support/deployment.ts';
import { type Ending, restartInTurn } from '../support/fleet.ts';
import { missingPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';

/** How often each value occurs. */
const tally = (values: readonly (string | number)[]): Record<string, number> =>
  Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((v) => v === value).length]));

/** @param share of the values that are no larger, between 0 and 1 */
const percentile = (values: readonly number[], share: number): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0);

const shown = (loads: readonly PageLoad[]) => tally(loads.map((load) => load.shown));

/** The end of the instance that a page load met. */
const endingDuring = (load: PageLoad, endings: readonly Ending[]): Ending | undefined =>
  endings.find(
    ({ port, began, ended }) =>
      port === load.servedBy && load.began <= ended && load.began + load.took >= began,
  );

describe.skipIf(missingPostgres)('many instances', () => {
  let postgres: PostgresServer;
  let deployment: Deployment;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterEach(() => deployment.close());
  afterAll(() => postgres.close());

  async function deploy(options: Omit<DeploymentOptions, 'databaseUrl'>): Promise<Person[]> {
    deployment = await startDeployment({ ...options, databaseUrl: await postgres.newDatabase() });
    return await deployment.signInAll();
  }

  const refreshes = () => deployment.relay.calls.filter(({ grantType }) => grantType === 'refresh_token');

  it('RR-02 nobody is signed out while instances are killed and restarted for two minutes', {
    timeout: 400_000,
  }, async ({ annotate }) => {
    const INSTANCES = 4;
    const people = await deploy({
      instances: INSTANCES,
      people: 200,
      graceSeconds: 60,
      accessTokenValidity: 20,
    });
    const until = Date.now() + 120_000;
    const [loads, endings] = await Promise.all([
      browse(people, until),
      restartInTurn(deployment.fleet, until),
    ]);
    const last = await Promise.all(people.map(openHome));

    const lost = loads.filter((load) => load.shown === 'lost');
    const took = loads.map((load) => load.took);
    const redemptions = Object.values(tally(refreshes().map(({ tokenHash }) => tokenHash)));
    await annotate(
      JSON.stringify({
        shown: shown(loads),
        milliseconds: { p50: percentile(took, 0.5), p99: percentile(took, 0.99) },
        endings: tally(endings.map(({ signal }) => signal)),
        lostTo: tally(lost.map((load) => endingDuring(load, endings)?.signal ?? 'nothing')),
        refreshes: tally(refreshes().map(({ status }) => status)),
        redemptionsOfOneToken: tally(redemptions),
        events: deployment.fleet.events(),
      }),
    );

    expect(shown(last)).toEqual({ home: people.length });
    expect(loads.filter((load) => load.shown !== 'home' && load.shown !== 'lost')).toEqual([]);
    expect(lost.filter((load) => !endingDuring(load, endings))).toEqual([]);
    expect(loads.filter((load) => load.redirects > 0)).toEqual([]);
    expect(tally(refreshes().map(({ status }) => status))).toEqual({ 200: refreshes().length });
    expect(refreshes().length).toBeGreaterThan(people.length * 2);
    // One call for each instance, and one more for each of two that were started meanwhile.
    expect(Math.max(...redemptions)).toBeLessThanOrEqual(INSTANCES + 2);
    expect(endings.length).toBeGreaterThan(5);
  });

  it('RR-02 without a rotation grace the loser of a race is asked to sign in once at the worst, and nothing loops', {
    timeout: 120_000,
  }, async ({ annotate }) => {
    const people = await deploy({ instances: 2, people: 20, graceSeconds: 0, accessTokenValidity: 8 });
    const until = Date.now() + 32_000;
    const loads: PageLoad[] = [];
    const rounds: string[] = [];
    const all = people.map(async (person, index) => {
      while (Date.now() < until) {
        await setTimeout(6_100);
        const tabs = await openTabs(person, 2 + (index % 3));
        loads.push(...tabs);
        if (tabs.every((load) => load.shown === 'home')) continue;
        const reloaded = (await openHome(person)).shown;
        const winner = tabs.some((load) => load.shown === 'home') ? 'a tab won' : 'no tab won';
        rounds.push(`${winner}, then ${reloaded}`);
        if (reloaded === 'home') continue;
        await deployment.signIn(person);
        expect((await openHome(person)).shown).toBe('home');
      }
    });
    await Promise.all(all);
    await annotate(
      JSON.stringify({
        shown: shown(loads),
        redirects: tally(loads.map(({ redirects }) => redirects)),
        lostRaces: tally(rounds),
        refreshes: tally(refreshes().map(({ status }) => status)),
        events: deployment.fleet.events(),
      }),
    );
    expect(loads.filter((load) => load.shown !== 'home' && load.shown !== 'sign-in')).toEqual([]);
    const redemptions = Object.values(tally(refreshes().map(({ tokenHash }) => tokenHash)));
    expect(Math.max(...redemptions)).toBeLessThanOrEqual(2);
  });

  describe('RR-15', () => {
    /** Kills the one instance when the user pool has rotated the refresh token and before anyone else hears of it. */
    async function killAfterRotation(graceSeconds: number): Promise<Person> {
      const options = { instances: 1, people: 1, graceSeconds, accessTokenValidity: 2 };
      const [person] = (await deploy(options)) as [Person];
      await setTimeout(1_600);
      deployment.relay.beforeAnswer = async () => void (await deployment.fleet.end(0, 'SIGKILL'));
      expect((await openHome(person)).shown).toBe('lost');
      deployment.relay.beforeAnswer = () => {};
      await deployment.fleet.start(0);
      return person;
    }

    test('RR-15 killed between rotation and cookie: the grace recovers the session', async () => {
      const person = await killAfterRotation(60);
      expect(await openHome(person)).toMatchObject({ shown: 'home', redirects: 0 });
      expect(refreshes().map(({ status }) => status)).toEqual([200, 200]);
    });

    test('RR-15 killed between rotation and cookie, no grace: one clean sign-in', async () => {
      const person = await killAfterRotation(0);
      const bounced = await openHome(person);
      expect(bounced.shown).toBe('sign-in');
      expect(bounced.redirects).toBeLessThanOrEqual(3);
      expect((await openHome(person)).shown).toBe('sign-in');
      expect(refreshes().map(({ status }) => status)).toEqual([200, 400]);
      await deployment.signIn(person);
      expect((await openHome(person)).shown).toBe('home');
    });
  });
});

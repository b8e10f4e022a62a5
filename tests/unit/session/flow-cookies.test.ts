import { beforeEach, expect, it } from 'vitest';
import {
  clearFlow,
  clearFlowCookies,
  type Flow,
  flowOf,
  hashOfState,
  keepChecks,
  newFlowId,
  readFlows,
  sweepFlows,
  writeFlow,
} from '../../../lib/session/flow-cookies.ts';
import { httpsConfiguration } from '../../support/configuration.ts';

const config = httpsConfiguration();
const held = new Map<string, string>();
const store = {
  get: (name: string) => (held.has(name) ? { name, value: held.get(name) ?? '' } : undefined),
  getAll: () => [...held].map(([name, value]) => ({ name, value })),
  set: (name: string, value: string) => (value === '' ? held.delete(name) : held.set(name, value)),
};
beforeEach(() => held.clear());

async function begin(state: string, startedAt: number, returnTo = '/home'): Promise<Flow> {
  const stateHash = await hashOfState(state);
  const flow = { id: newFlowId(), stateHash, returnTo, startedAt, askAgain: false, restarted: false };
  const jwe = `e30..${'a'.repeat(16)}.${'b'.repeat(260)}.${'c'.repeat(22)}`;
  const lines = ['state', 'nonce', 'pkce', 'csrf'].map(
    (part) => `__Host-flow-${flow.id}-${part}=${jwe}; Path=/`,
  );
  keepChecks(config, store, flow.id, lines);
  writeFlow(config, store, flow);
  return flow;
}

it('a flow is found by its state, and by no other', async () => {
  const [first, second] = [await begin('state-1', 1), await begin('state-2', 2)];
  expect(await flowOf(config, store, 'state-1')).toEqual(first);
  expect(await flowOf(config, store, 'state-2')).toEqual(second);
  expect(await flowOf(config, store, 'state-3')).toBeUndefined();
  expect(readFlows(config, store).map(({ id }) => id)).toEqual([second.id, first.id]);
});

it('of what next-auth sets, the three checks of the flow are kept', async () => {
  const { id } = await begin('state', 1);
  const names = ['', '-nonce', '-pkce', '-state'].map((part) => `__Host-flow-${id}${part}`);
  expect([...held.keys()].sort()).toEqual(names);
});

it('a flow is cleared alone, or with all others', async () => {
  const [first, second] = [await begin('state-1', 1), await begin('state-2', 2)];
  held.set('__Host-session-7', 'kept');
  clearFlow(config, store, first.id);
  expect(readFlows(config, store)).toEqual([second]);
  clearFlowCookies(config, store);
  expect([...held.keys()]).toEqual(['__Host-session-7']);
});

it('of many flows the newest five stay', async () => {
  const flows: Flow[] = [];
  for (let at = 0; at < 9; at += 1) {
    flows.push(await begin(`state-${at}`, at));
    sweepFlows(config, store);
  }
  expect(readFlows(config, store)).toEqual(flows.slice(-5).reverse());
  expect(held.size).toBe(20);
});

it('beside a large session only as many stay as fit into 8 KB, and the newest in any case', async () => {
  held.set('__Host-session-7', 's'.repeat(5_000));
  for (let at = 0; at < 4; at += 1) await begin(`state-${at}`, at);
  sweepFlows(config, store);
  expect(readFlows(config, store).map(({ startedAt }) => startedAt)).toEqual([3, 2]);
  held.set('__Host-session-7', 's'.repeat(8_000));
  sweepFlows(config, store);
  expect(readFlows(config, store).map(({ startedAt }) => startedAt)).toEqual([3]);
});

it('what belongs to no flow is swept', async () => {
  const { id } = await begin('state', 1);
  for (const name of ['flow-state', 'flow-0123456789-pkce', 'flow-x']) held.set(`__Host-${name}`, 'old');
  sweepFlows(config, store);
  expect([...held.keys()].every((name) => name.startsWith(`__Host-flow-${id}`))).toBe(true);
});

it.each(['', '{', 'null', '[]', '{"state":"x","to":"/","at":1}', '{"to":"/"}', '1'])(
  'a record of %j is none',
  (value) => {
    held.set('__Host-flow-0123456789', value);
    expect(readFlows(config, store)).toEqual([]);
  },
);

it('a record leads to no other site, and a way back that no cookie could hold leads home', async () => {
  await begin('state-1', 1, 'https://evil.example/');
  await begin('state-2', 2, `/pro?x=${'%C3'.repeat(600)}`);
  expect(readFlows(config, store).map(({ returnTo }) => returnTo)).toEqual(['/home', '/home']);
});

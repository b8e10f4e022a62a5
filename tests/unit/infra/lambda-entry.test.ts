import { expect, it } from 'vitest';
import { handler } from '../../../infra/triggers/pre-token-generation.ts';

it('the file that Lambda loads gives the same function as the file that the local pool loads', async () => {
  const entry = new URL('../../../infra/triggers/pre-token-generation.mjs', import.meta.url);
  const module: { handler: unknown } = await import(entry.href);
  expect(module.handler).toBe(handler);
});

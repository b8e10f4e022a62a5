import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeAll(async () => {
  subject = await startVerifier();
});
afterAll(() => subject.pool.close());

const padded = (size: number): string => {
  const bare = subject.accessToken({ claims: { pad: '' } }).length;
  return subject.accessToken({ claims: { pad: 'x'.repeat(Math.floor(((size - bare) * 3) / 4)) } });
};

it('TV-08 a signed token of 1 MB is refused before any of it is parsed', async () => {
  const token = padded(1_048_576);
  const parse = vi.spyOn(JSON, 'parse');
  const verdict = await subject.verifier.accessToken(token, []);
  expect(parse).not.toHaveBeenCalled();
  parse.mockRestore();
  expect(verdict).toEqual({ kind: 'invalid', reason: 'too large' });
});

it('TV-08 a signed token of 10,000 groups is refused', async () => {
  const groups = Array.from({ length: 10_000 }, (_, index) => `group-${index}`);
  expect(await subject.judgeAccess(subject.accessToken({ claims: { 'cognito:groups': groups } }))).toBe(
    'invalid',
  );
});

it('TV-08 a header of 1 MB is refused', async () => {
  expect(await subject.judgeAccess(subject.accessToken({ header: { pad: 'x'.repeat(1_048_576) } }))).toBe(
    'invalid',
  );
});

it('TV-08 the limit lies at 8,192 characters', async () => {
  const sizes = [8_000, 8_300].map(padded);
  expect(sizes.map(({ length }) => length > 8_192)).toEqual([false, true]);
  expect(await Promise.all(sizes.map(subject.judgeAccess))).toEqual(['valid', 'invalid']);
});

it('TV-08 a hundred refusals of 1 MB take less than a second', async () => {
  const token = padded(1_048_576);
  const start = performance.now();
  for (let count = 0; count < 100; count += 1) await subject.judgeAccess(token);
  expect(performance.now() - start).toBeLessThan(1_000);
});

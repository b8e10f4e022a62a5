import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadTriggers, type TriggerEvent, type Triggers } from '../../../local-pool/src/triggers.ts';

const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;
function write(source: string): string {
  written += 1;
  const file = join(folder, `trigger-${written}.mjs`);
  writeFileSync(file, source);
  return file;
}

/** Loads a function with 40 ms and 3 attempts. */
function load(source: string, exportName = 'handler'): Promise<Triggers> {
  const functions = [{ arn: 'arn:one', modulePath: write(source), exportName }];
  return loadTriggers(functions, { timeoutMs: 40, attempts: 3 });
}

const event: TriggerEvent = {
  version: '2',
  triggerSource: 'TokenGeneration_HostedAuth',
  region: 'us-east-1',
  userPoolId: 'us-east-1_Cabana001',
  userName: 'ada',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client-1' },
  request: { userAttributes: { email: 'ada@example.com' } },
  response: {},
};

const invoke = async (source: string, arn = 'arn:one') =>
  (await load(source)).invoke(arn, 'PreTokenGeneration', event);

describe('a trigger', () => {
  it('gives back the response part of the event that it returns', async () => {
    const source =
      'export const handler = async (event) => ({ ...event, response: { user: event.userName } });';
    expect(await invoke(source)).toEqual({ user: 'ada' });
  });

  it('works on a copy: what it does to its event does not reach ours', async () => {
    const source =
      'export const handler = (event) => { event.userName = "eve"; event.request = null; return event; };';
    await invoke(source);
    expect(event.userName).toBe('ada');
    expect(event.request).toEqual({ userAttributes: { email: 'ada@example.com' } });
  });

  it.each([
    ['throws', 'export const handler = () => { throw new Error("No tokens!"); };'],
    ['rejects', 'export const handler = async () => { throw new Error("No tokens!"); };'],
  ])('that %s is UserLambdaValidationException with its message', async (_, source) => {
    await expect(invoke(source)).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error No tokens!.',
    });
  });

  it('that throws is not called again', async () => {
    const source =
      'let calls = 0; export const handler = () => { calls += 1; throw new Error("call " + calls); };';
    await expect(invoke(source)).rejects.toThrow('call 1');
  });

  it('that never answers is UnexpectedLambdaException after three attempts', async () => {
    const triggers = await load(
      'export const calls = []; export const handler = () => { calls.push(1); return new Promise(() => {}); };',
    );
    const { calls } = (await import(join(folder, `trigger-${written}.mjs`))) as { calls: number[] };
    await expect(triggers.invoke('arn:one', 'PreTokenGeneration', event)).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: 'PreTokenGeneration invocation failed due to error Timeout.',
    });
    expect(calls).toHaveLength(3);
  });

  it('that answers at its second attempt is heard', async () => {
    const source =
      'let calls = 0; export const handler = (event) => { calls += 1; return calls < 2 ? new Promise(() => {}) : { ...event, response: { calls } }; };';
    expect(await invoke(source)).toEqual({ calls: 2 });
  });

  it.each(['undefined', 'null', '"yes"', '[]', '{}', '{ response: null }', '{ response: [] }'])(
    'that answers %s is InvalidLambdaResponseException',
    async (answer) => {
      await expect(invoke(`export const handler = () => (${answer});`)).rejects.toMatchObject({
        code: 'InvalidLambdaResponseException',
        message: 'Unrecognizable lambda output',
      });
    },
  );

  it('that does not exist is UnexpectedLambdaException', async () => {
    const source = 'export const handler = (event) => event;';
    await expect(invoke(source, 'arn:two')).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: 'PreTokenGeneration invocation failed due to error ResourceNotFoundException.',
    });
  });

  it.each([
    ['has no such export', 'export const other = 1;', 'has no exported function named handler.'],
    ['exports no function', 'export const handler = 1;', 'has no exported function named handler.'],
    ['is no JavaScript', 'export const handler = ;', 'cannot be loaded: '],
    ['fails at its start', 'throw new Error("no table");', 'cannot be loaded: no table'],
  ])('whose file %s stops the start', async (_, source, message) => {
    await expect(load(source)).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining(message),
    });
  });
});

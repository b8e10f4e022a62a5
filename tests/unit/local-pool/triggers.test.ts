import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TriggerEvent } from '../../../local-pool/src/lambda/trigger-event.ts';
import { loadTriggers, type Triggers } from '../../../local-pool/src/triggers.ts';

const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;
function write(source: string): string {
  written += 1;
  const file = join(folder, `trigger-${written}.mjs`);
  writeFileSync(file, source);
  return file;
}

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const limits = { timeoutMs: 40, attempts: 3 };

/** Loads a function named `one`. */
function load(source: string, exportName = 'handler'): Promise<Triggers> {
  return loadTriggers([{ name: 'one', modulePath: write(source), exportName }], { limits });
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

const invoke = async (source: string, arn = arnOf('one')) =>
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
    await expect(triggers.invoke(arnOf('one'), 'PreTokenGeneration', event)).rejects.toMatchObject({
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

  it('is called with a copy of its event at every attempt', async () => {
    const source = `let calls = 0;
      export const handler = (event) => {
        const seen = event.userName;
        event.userName = 'eve';
        return ++calls < 2 ? new Promise(() => {}) : { ...event, response: { seen } };
      };`;
    expect(await invoke(source)).toEqual({ seen: 'ada' });
  });

  it('may answer by its callback', async () => {
    const source =
      'export const handler = (event, context, callback) => { setTimeout(callback, 1, null, { ...event, response: { ok: 1 } }); };';
    expect(await invoke(source)).toEqual({ ok: 1 });
  });

  it.each([
    ['an error', 'new Error("No tokens!")'],
    ['a text', '"No tokens!"'],
  ])('may refuse by giving its callback %s', async (_, error) => {
    const source = `export const handler = (event, context, callback) => { callback(${error}); };`;
    await expect(invoke(source)).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error No tokens!.',
    });
  });

  it('that never calls its callback runs into the limit', async () => {
    await expect(invoke('export const handler = (event, context, callback) => {};')).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
    });
  });

  it('that throws what has no text is still only an error', async () => {
    const source = 'export const handler = () => { throw Object.create(null); };';
    await expect(invoke(source)).rejects.toMatchObject({ code: 'UserLambdaValidationException' });
  });

  it('gets the context of a Lambda function', async () => {
    const source = `export const handler = async (event, context) => ({ ...event, response: {
      ...context, remaining: context.getRemainingTimeInMillis() } });`;
    const response = await invoke(source, `${arnOf('one')}:live`);
    expect(response).toMatchObject({
      functionName: 'one',
      functionVersion: '$LATEST',
      invokedFunctionArn: `${arnOf('one')}:live`,
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(response.remaining).toBeGreaterThan(0);
    expect(response.remaining).toBeLessThanOrEqual(limits.timeoutMs);
  });

  it('answers in JSON: what JSON cannot say is not there', async () => {
    const source =
      'export const handler = (event) => ({ ...event, response: { at: new Date(0), f() {}, u: undefined } });';
    expect(await invoke(source)).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  });

  it.each([
    '{ response: { n: 1n } }',
    '(() => { const a = { response: {} }; a.response.a = a; return a; })()',
  ])('that answers %s, which is no JSON, has failed', async (answer) => {
    await expect(invoke(`export const handler = () => (${answer});`)).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error Unable to stringify response body.',
    });
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
    await expect(invoke(source, arnOf('two'))).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: 'PreTokenGeneration invocation failed due to error ResourceNotFoundException.',
    });
  });

  it.each([
    [
      'has no such export',
      'export const other = 1;',
      'cannot be loaded: handler is undefined or not exported.',
    ],
    [
      'exports no function',
      'export const handler = 1;',
      'cannot be loaded: handler is undefined or not exported.',
    ],
    ['is no JavaScript', 'export const handler = ;', 'cannot be loaded: '],
    ['fails at its start', 'throw new Error("no table");', 'cannot be loaded: no table'],
  ])('whose file %s stops the start', async (_, source, message) => {
    await expect(load(source)).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining(message),
    });
  });
});

describe('a function that the template does not name', () => {
  let folders = 0;
  /** A handlers folder of its own. */
  function handlersFolder(files: Record<string, string>): string {
    folders += 1;
    const own = join(folder, `handlers-${folders}`);
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(join(own, path, '..'), { recursive: true });
      writeFileSync(join(own, path), source);
    }
    return own;
  }
  const answering = (by: string) =>
    `export const handler = async (event) => ({ ...event, response: { by: '${by}' } });`;
  const invokeIn = async (handlers: string, arn: string) =>
    (await loadTriggers([], { handlers, limits })).invoke(arn, 'PreSignUp', event);

  it.each([
    'welcome.ts',
    'welcome.mts',
    'welcome.js',
    'welcome.mjs',
    'welcome/index.ts',
    'welcome/index.mjs',
  ])('is found as %s in the handlers folder', async (path) => {
    const source = path.endsWith('ts')
      ? `export const handler = async (event: object) => ({ ...event, response: { by: 'it' as string } });`
      : answering('it');
    const handlers = handlersFolder({ [path]: source, 'package.json': '{ "type": "module" }' });
    expect(await invokeIn(handlers, arnOf('welcome'))).toEqual({ by: 'it' });
  });

  it.each([
    'arn:aws:lambda:eu-west-1:123456789012:function:welcome',
    'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:welcome:live',
    'arn:aws:lambda:eu-west-1:123456789012:function:welcome:12',
    'arn:aws:lambda:eu-west-1:123456789012:function:welcome:$LATEST',
  ])('may be in any account and have any alias: %s', async (arn) => {
    expect(await invokeIn(handlersFolder({ 'welcome.mjs': answering('it') }), arn)).toEqual({ by: 'it' });
  });

  it('is imported at its first call, and once', async () => {
    const handlers = handlersFolder({
      'welcome.mjs': `globalThis.imports = (globalThis.imports ?? 0) + 1;
        export const handler = (event) => ({ ...event, response: { imports: globalThis.imports } });`,
    });
    const triggers = await loadTriggers([], { handlers, limits });
    expect(globalThis).not.toHaveProperty('imports');
    const first = triggers.invoke(arnOf('welcome'), 'PreSignUp', event);
    expect(await Promise.all([first, triggers.invoke(arnOf('welcome'), 'PreSignUp', event)])).toEqual([
      { imports: 1 },
      { imports: 1 },
    ]);
  });

  it.each([
    '../secret',
    '..%2Fsecret',
    '..\\secret',
    'sub/secret',
    '/etc/passwd',
    'secret.mjs',
    'secret\0',
    '',
    'secret:live:more',
  ])('is not looked for under the name %j', async (name) => {
    const handlers = handlersFolder({ 'inner/x.mjs': '', 'sub/secret.mjs': answering('it') });
    writeFileSync(join(handlers, 'secret.mjs'), answering('it'));
    await expect(invokeIn(join(handlers, 'inner'), arnOf(name))).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: 'PreSignUp invocation failed due to error ResourceNotFoundException.',
    });
    await expect(invokeIn(handlers, arnOf(name))).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
    });
  });

  it.each(['arn:aws:s3:::welcome', 'arn:aws:lambda:us-east-1:1:layer:welcome', 'welcome'])(
    '%s is no function',
    async (arn) => {
      await expect(invokeIn(handlersFolder({ 'welcome.mjs': answering('it') }), arn)).rejects.toMatchObject({
        code: 'UnexpectedLambdaException',
      });
    },
  );

  it('that is nowhere is UnexpectedLambdaException, until it is there', async () => {
    const handlers = handlersFolder({ 'other.mjs': answering('other') });
    const triggers = await loadTriggers([], { handlers, limits });
    await expect(triggers.invoke(arnOf('late'), 'PreSignUp', event)).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: 'PreSignUp invocation failed due to error ResourceNotFoundException.',
    });
    writeFileSync(join(handlers, 'late.mjs'), answering('late'));
    expect(await triggers.invoke(arnOf('late'), 'PreSignUp', event)).toEqual({ by: 'late' });
  });

  it('whose source cannot be imported has failed', async () => {
    const handlers = handlersFolder({ 'broken.mjs': 'throw new Error("no table");' });
    await expect(invokeIn(handlers, arnOf('broken'))).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error no table.',
    });
  });

  it('does not take the place of one that the template names', async () => {
    const handlers = handlersFolder({ 'one.mjs': answering('folder') });
    const functions = [{ name: 'one', modulePath: write(answering('template')), exportName: 'handler' }];
    const triggers = await loadTriggers(functions, { handlers, limits });
    expect(await triggers.invoke(arnOf('one'), 'PreSignUp', event)).toEqual({ by: 'template' });
  });

  it('in a folder that does not exist stops the start', async () => {
    await expect(loadTriggers([], { handlers: join(folder, 'nowhere') })).rejects.toMatchObject({
      name: 'StartError',
      message: `There is no folder ${join(folder, 'nowhere')} with trigger handlers.`,
    });
  });
});

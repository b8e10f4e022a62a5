import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableClock } from '../../../../local-pool/src/clock.ts';
import type { TriggerEvent } from '../../../../local-pool/src/lambda/trigger-event.ts';
import type { AppClient } from '../../../../local-pool/src/model/app-client.ts';
import type { UserPool } from '../../../../local-pool/src/model/user-pool.ts';
import {
  type LocalPoolOptions,
  type RunningLocalPool,
  startLocalPool,
} from '../../../../local-pool/src/start.ts';

/** What a function does in a test: it returns its response, or throws. */
type Behaviour = (event: TriggerEvent) => unknown;

export interface TriggerPool extends RunningLocalPool {
  clock: ReturnType<typeof settableClock>;
  /** With aliases, with email addresses as usernames, and without triggers. */
  aliases: UserPool;
  addresses: UserPool;
  untriggered: UserPool;
  /** With and without PreventUserExistenceErrors. */
  discreet: AppClient;
  legacy: AppClient;
  /** Lines for the person at the terminal. */
  lines: string[];
  /** Every event since the last {@link reset}, in order. */
  events: TriggerEvent[];
  /** The one event since then. */
  onlyEvent(): TriggerEvent;
  /** Has a function return this response from now on. */
  on(functionName: string, behaviour: Behaviour): void;
  /** Forgets events, lines and behaviours; functions return their event as it came. */
  reset(): void;
}

const functionNames = [
  ...['PreSignUp', 'PostConfirmation', 'PreAuthentication', 'PostAuthentication', 'DefineAuthChallenge'],
  ...['CreateAuthChallenge', 'VerifyAuthChallengeResponse', 'UserMigration', 'CustomMessage'],
  'PreTokenGeneration',
];

/** Starts a pool whose functions lie in a handlers folder and do what the test says. */
export async function startTriggerPool(options: LocalPoolOptions = {}): Promise<TriggerPool> {
  const handlers = await mkdtemp(join(tmpdir(), 'handlers-'));
  const key = `triggers of ${handlers}`;
  const behaviours = new Map<string, Behaviour>();
  const events: TriggerEvent[] = [];
  const lines: string[] = [];
  // The functions run in this process, and this is the way from their modules to this test.
  Object.assign(globalThis, {
    [key]: async (functionName: string, event: TriggerEvent) => {
      events.push(structuredClone(event));
      const behaviour = behaviours.get(functionName);
      return behaviour ? { ...event, response: await behaviour(event) } : event;
    },
  });
  for (const name of functionNames)
    await writeFile(
      join(handlers, `${name}.mjs`),
      `export const handler = (event) => globalThis[${JSON.stringify(key)}]('${name}', event);`,
    );
  const clock = settableClock();
  const running = await startLocalPool({
    port: 0,
    clock,
    handlers,
    template: join(import.meta.dirname, 'template.yaml'),
    triggerLimits: { timeoutMs: 100, attempts: 3 },
    log: (line) => lines.push(line),
    ...options,
  });
  return {
    ...running,
    clock,
    aliases: known(running.pool.userPool('us-east-1_Aliases01')),
    addresses: known(running.pool.userPool('us-east-1_Address01')),
    untriggered: known(running.pool.userPool('us-east-1_Plain0001')),
    discreet: known(running.pool.appClient('discreet')),
    legacy: known(running.pool.appClient('legacy')),
    lines,
    events,
    onlyEvent() {
      const [event, ...others] = events;
      if (!event || others.length > 0) throw new Error(`There were ${events.length} events and not one.`);
      return event;
    },
    on: (functionName, behaviour) => behaviours.set(functionName, behaviour),
    reset() {
      behaviours.clear();
      events.length = 0;
      lines.length = 0;
    },
    async close() {
      await running.close();
      Reflect.deleteProperty(globalThis, key);
      await rm(handlers, { recursive: true });
    },
  };
}

/** The members that all events of the user pool with aliases have. */
export const envelope = (triggerSource: string, userName: string, clientId: string) => ({
  version: '1',
  triggerSource,
  region: 'us-east-1',
  userPoolId: 'us-east-1_Aliases01',
  userName,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
});

export const unrecognizable = {
  code: 'InvalidLambdaResponseException',
  message: 'Unrecognizable lambda output',
};

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The template of this test has changed.');
  return value;
}

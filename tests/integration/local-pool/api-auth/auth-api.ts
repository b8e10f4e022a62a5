import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ChallengeNameType,
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSecretHash } from 'cognito-srp-helper';
import { decodeJwt } from 'jose';
import { Secret, TOTP } from 'otpauth';
import type { TriggerEvent } from '../../../../local-pool/src/lambda/trigger-event.ts';
import { password, startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { startSrp } from './srp-client.ts';

export { attributeList, attributeRecord, password, type TestPool } from '../api-users/user-pool-api.ts';

export type Answer = InitiateAuthCommandOutput | RespondToAuthChallengeCommandOutput;

/** What a function does in a test: it returns its response, or throws. */
type Behaviour = (event: TriggerEvent) => unknown;

export interface AuthApi extends UserPoolApi {
  /** USER_PASSWORD_AUTH. */
  signIn(pool: TestPool, USERNAME: string, PASSWORD?: string): Promise<Answer>;
  /** USER_SRP_AUTH with cognito-srp-helper, up to what follows the password. */
  signInBySrp(pool: TestPool, username: string, PASSWORD?: string): Promise<Answer>;
  /** RespondToAuthChallenge to what was asked. */
  answer(pool: TestPool, asked: Answer, responses: Record<string, string>): Promise<Answer>;
  /** Every event since the last {@link resetTriggers}, in order. */
  events: TriggerEvent[];
  /** Has the function of this name return this response from now on. */
  on(functionName: string, behaviour: Behaviour): void;
  resetTriggers(): void;
}

export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const triggerNames = [
  ...['PreAuthentication', 'PostAuthentication', 'CustomMessage', 'PreTokenGeneration', 'UserMigration'],
  ...['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'],
];

/** A LambdaConfig with the triggers of these names. */
export const lambdaConfig = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, functionArn(name)]));

/** A local pool in memory, the AWS SDK in front of it, and triggers that do what the test says. */
export async function startAuthApi(): Promise<AuthApi> {
  const handlers = await mkdtemp(join(tmpdir(), 'handlers-'));
  const key = `triggers of ${handlers}`;
  const behaviours = new Map<string, Behaviour>();
  const events: TriggerEvent[] = [];
  // The functions run in this process, and this is the way from their modules to this test.
  Object.assign(globalThis, {
    [key]: async (name: string, event: TriggerEvent) => {
      events.push(structuredClone(event));
      const behaviour = behaviours.get(name);
      return behaviour ? { ...event, response: await behaviour(event) } : event;
    },
  });
  for (const name of triggerNames)
    await writeFile(
      join(handlers, `${name}.mjs`),
      `export const handler = (event) => globalThis[${JSON.stringify(key)}]('${name}', event);`,
    );
  const running = await startUserPoolApi({ handlers });
  const { api } = running;
  return {
    ...running,
    events,
    on: (name, behaviour) => void behaviours.set(name, behaviour),
    resetTriggers() {
      events.length = 0;
      behaviours.clear();
    },
    signIn: ({ ClientId, secret }, USERNAME, PASSWORD = password) =>
      api.initiateAuth({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: { USERNAME, PASSWORD, ...secretHash(USERNAME, ClientId, secret) },
      }),
    async signInBySrp({ ClientId, UserPoolId, secret }, USERNAME, PASSWORD = password) {
      const hash = secretHash(USERNAME, ClientId, secret);
      const exchange = startSrp(USERNAME, PASSWORD, UserPoolId);
      const verifier = await api.initiateAuth({
        AuthFlow: 'USER_SRP_AUTH',
        ClientId,
        AuthParameters: { USERNAME, SRP_A: exchange.SRP_A, ...hash },
      });
      return api.respondToAuthChallenge({
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: { USERNAME, ...exchange.prove(verifier), ...hash },
      });
    },
    answer: ({ ClientId }, { ChallengeName, Session }, ChallengeResponses) =>
      api.respondToAuthChallenge({ ClientId, ChallengeName, Session, ChallengeResponses }),
    async close() {
      await running.close();
      await rm(handlers, { recursive: true });
    },
  };
}

function secretHash(username: string, clientId: string, secret: string | undefined): Record<string, string> {
  return secret === undefined ? {} : { SECRET_HASH: createSecretHash(username, clientId, secret) };
}

/** A refusal by name and text. */
export const refusal = (name: string, message: string) => ({ name, message });

/** What was asked, for comparisons. */
export const asked = (name: ChallengeNameType | string) => ({ ChallengeName: name });

/** The claims of the ID token of a finished sign-in. */
export function idClaims({ AuthenticationResult }: Answer) {
  if (!AuthenticationResult?.IdToken) throw new Error('The sign-in is not finished.');
  return decodeJwt(AuthenticationResult.IdToken);
}

/** The code that an authenticator app shows. @param now milliseconds since the epoch */
export const softwareCode = (secret: string | undefined, now: number) =>
  TOTP.generate({ secret: Secret.fromBase32(secret ?? ''), timestamp: now });

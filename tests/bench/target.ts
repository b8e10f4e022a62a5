import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { connections, exchange, type Question } from './exchange.ts';

export interface Person {
  username: string;
  password: string;
  attributes: Record<string, string>;
}

/** An emulator with its user pool, whether it runs or not. */
export interface Emulator {
  name: string;
  userPoolId: string;
  /** A public client for USER_PASSWORD_AUTH and REFRESH_TOKEN_AUTH. */
  clientId: string;
  /** A client for client credentials, where the emulator has that grant. */
  service?: { clientId: string; clientSecret: string; scope: string };
}

/** One that runs. */
export interface Target extends Emulator {
  pid: number;
  port: number;
}

/** The ten people that either emulator has. */
export const people: Person[] = z
  .object({
    users: z.array(
      z.object({
        username: z.string(),
        password: z.string(),
        attributes: z.record(z.string(), z.string()),
      }),
    ),
  })
  .parse(parse(readFileSync(join(import.meta.dirname, 'users.yaml'), 'utf8'))).users;

/** An operation of the user pools API as a question. */
export function operation(name: string, expected: string): Question {
  return {
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${name}`,
      // Neither emulator checks a signature; the local pool asks for one where AWS does.
      authorization: 'AWS4-HMAC-SHA256 Credential=bench, SignedHeaders=host, Signature=00',
    },
    expected,
  };
}

const agent = connections(8);

/** Calls an operation once. @throws Error unless it succeeds and its answer contains what is expected */
export async function call(
  { name: target, port }: Pick<Target, 'name' | 'port'>,
  name: string,
  input: object,
  expected = '',
): Promise<unknown> {
  try {
    return JSON.parse(await exchange(agent, port, operation(name, expected), JSON.stringify(input)));
  } catch (error) {
    throw new Error(`${name} at ${target} ${error instanceof Error ? error.message : 'failed'}`);
  }
}

/** Closes what {@link call} keeps open. */
export const hangUp = (): void => agent.destroy();

export interface Tokens {
  AccessToken: string;
  IdToken: string;
  RefreshToken: string;
}

const signInAnswer = z.object({
  AuthenticationResult: z.object({
    AccessToken: z.string(),
    IdToken: z.string(),
    RefreshToken: z.string(),
  }),
});

/** The input of a sign-in with a password. */
export function signInInput(
  { clientId }: Pick<Target, 'clientId'>,
  person: Omit<Person, 'attributes'>,
): object {
  return {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: person.username, PASSWORD: person.password },
  };
}

/** Signs someone in. @returns their tokens */
export async function signIn(
  target: Pick<Target, 'name' | 'port' | 'clientId'>,
  person: Person,
): Promise<Tokens> {
  const answer = await call(target, 'InitiateAuth', signInInput(target, person), '"AccessToken"');
  return signInAnswer.parse(answer).AuthenticationResult;
}

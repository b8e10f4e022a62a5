import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attributeList,
  password,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from '../../integration/local-pool/api-users/user-pool-api.ts';

const SAMPLES = 200;
let pool: UserPoolApi;
let people: TestPool;

beforeAll(async () => {
  pool = await startUserPoolApi();
  people = await pool.createPool(
    { AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] },
    { PreventUserExistenceErrors: 'ENABLED' },
  );
  for (let count = 0; count < SAMPLES; count += 1) {
    await signUp(`fresh${count}`);
    await pool.createUser(people.UserPoolId, `known${count}`, {
      email: `known${count}@example.com`,
      email_verified: 'true',
    });
  }
}, 120_000);
afterAll(() => pool.close());

const signUp = (Username: string, email = `${Username}@example.com`) =>
  pool.api.signUp({
    ClientId: people.ClientId,
    Username,
    Password: password,
    UserAttributes: attributeList({ email }),
  });
const forgot = (Username: string) => pool.api.forgotPassword({ ClientId: people.ClientId, Username });
const resend = (Username: string) => pool.api.resendConfirmationCode({ ClientId: people.ClientId, Username });

/** Milliseconds: the medians of two kinds of call, taken in turns so that both have the machine alike. */
async function medians(
  first: (count: number) => Promise<unknown>,
  second: (count: number) => Promise<unknown>,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let count = 0; count < SAMPLES; count += 1) {
    for (const [kind, call] of [first, second].entries()) {
      const started = performance.now();
      await call(count);
      times[kind]?.push(performance.now() - started);
    }
  }
  const median = (all: number[]) => all.sort((a, b) => a - b)[all.length / 2] ?? 0;
  return [median(times[0]), median(times[1])];
}

/** Over a network a fraction of a millisecond is lost in the noise. */
function expectAlike([known, unknown]: [number, number]): void {
  expect(Math.abs(known - unknown)).toBeLessThan(Math.max(0.3, 0.25 * known));
}

const shape = ({ CodeDeliveryDetails }: { CodeDeliveryDetails?: object | undefined }) =>
  JSON.stringify(CodeDeliveryDetails).replace(/[a-z]\*\*\*@[a-z]\*\*\*/, 'a***@e***');

describe('LP-08 enumeration', () => {
  it('LP-08 forgot: the same answer, in the same time, whether or not the user exists', async () => {
    for (const name of ['known0', 'known0@example.com', 'nobody', 'nobody@example.com'])
      expect(shape(await forgot(name))).toBe(shape(await forgot('known0')));
    expectAlike(
      await medians(
        (count) => forgot(`known${count}@example.com`),
        (count) => forgot(`ghost${count}@example.com`),
      ),
    );
  });

  it('LP-08 resend: the same answer, in the same time, whether or not somebody waits for a code', async () => {
    expect(shape(await resend('fresh0'))).toBe(shape(await resend('nobody')));
    expectAlike(
      await medians(
        (count) => resend(`fresh${count}`),
        (count) => resend(`ghost${count}`),
      ),
    );
  });

  it('LP-08 sign-up: an address that somebody signs in with is taken as any other', async () => {
    const known = await signUp('rival', 'known0@example.com');
    const unknown = await signUp('novice', 'kmown0@example.com');
    expect(shape(known)).toBe(shape(unknown));
    expectAlike(
      await medians(
        (count) => signUp(`rival${count}`, `known${count}@example.com`),
        (count) => signUp(`novice${count}`, `ghost${count}@example.com`),
      ),
    );
  });

  it('LP-08 the limit on tries is the same for people who do not exist', async () => {
    const outcome = async (name: string) => {
      for (let count = 0; ; count += 1) {
        const error: unknown = await forgot(name).then(
          () => undefined,
          (caught: unknown) => caught,
        );
        if (error) return `${String(error)} after ${count}`;
      }
    };
    pool.clock.advance(2 * 60 * 60_000);
    expect(await outcome('known1')).toBe(await outcome('nobody1'));
  });
});

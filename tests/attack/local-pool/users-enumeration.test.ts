import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
// Past every hourly limit, so that a test may be repeated.
beforeEach(() => pool.clock.advance(2 * 60 * 60_000));

const signUp = (Username: string, email = `${Username}@example.com`) =>
  pool.api.signUp({
    ClientId: people.ClientId,
    Username,
    Password: password,
    UserAttributes: attributeList({ email }),
  });
const forgot = (Username: string) => pool.api.forgotPassword({ ClientId: people.ClientId, Username });
const resend = (Username: string) => pool.api.resendConfirmationCode({ ClientId: people.ClientId, Username });

/** Milliseconds: what two kinds of call take, taken in turns so that both have the machine alike. */
async function timesOf(
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
  // The lower quartile: what else runs on the machine makes calls slower, never faster.
  const quartile = (all: number[]) => all.sort((a, b) => a - b)[all.length / 4] ?? 0;
  return [quartile(times[0]), quartile(times[1])];
}

/** Noise comes and goes, a difference that gives something away is there each time. */
const repeated = { retry: 2 };

/** Over a network a fraction of a millisecond is lost in the noise. */
function expectAlike([known, unknown]: [number, number]): void {
  expect(Math.abs(known - unknown)).toBeLessThan(Math.max(0.3, 0.25 * known));
}

const shape = ({ CodeDeliveryDetails }: { CodeDeliveryDetails?: object | undefined }) =>
  JSON.stringify(CodeDeliveryDetails).replace(/[a-z]\*\*\*@[a-z]\*\*\*/, 'a***@e***');

describe('LP-08 enumeration', () => {
  it(
    'LP-08 forgot: the same answer, in the same time, whether or not the user exists',
    repeated,
    async () => {
      for (const name of ['known0', 'known0@example.com', 'nobody', 'nobody@example.com'])
        expect(shape(await forgot(name))).toBe(shape(await forgot('known0')));
      expectAlike(
        await timesOf(
          (count) => forgot(`known${count}@example.com`),
          (count) => forgot(`ghost${count}@example.com`),
        ),
      );
    },
  );

  it(
    'LP-08 resend: the same answer, in the same time, whether or not somebody waits for a code',
    repeated,
    async () => {
      expect(shape(await resend('fresh0'))).toBe(shape(await resend('nobody')));
      expectAlike(
        await timesOf(
          (count) => resend(`fresh${count}`),
          (count) => resend(`ghost${count}`),
        ),
      );
    },
  );

  it('LP-08 sign-up: an address that somebody signs in with is taken as any other', repeated, async () => {
    const round = pool.clock.now();
    const known = await signUp(`rival-${round}`, 'known0@example.com');
    const unknown = await signUp(`novice-${round}`, 'kmown0@example.com');
    expect(shape(known)).toBe(shape(unknown));
    expectAlike(
      await timesOf(
        (count) => signUp(`rival${count}-${round}`, `known${count}@example.com`),
        (count) => signUp(`novice${count}-${round}`, `ghost${count}@example.com`),
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
    expect(await outcome('known1')).toBe(await outcome('nobody1'));
  });
});

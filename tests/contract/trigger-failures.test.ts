import type { LambdaConfigType } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJarBrowser } from '../support/jar-browser.ts';
import { functionArn } from './support/recording.ts';
import { authorize, createHostedPool, discover } from './support/relying-party.ts';
import { openStage, password, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

requires('functions');

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const createPool = (trigger: keyof LambdaConfigType, name: string) =>
  createHostedPool(stage, { LambdaConfig: { [trigger]: functionArn(stage, name) } });

/** Fills in the hosted sign-in page. @returns what the person sees, or where the application is told. */
async function hostedProblem(people: Awaited<ReturnType<typeof createPool>>): Promise<string> {
  const { address } = await authorize(await discover(stage, people));
  const browser = openJarBrowser(address.origin);
  const page = await browser.follow(await browser.get(address), address.origin);
  const answer = await browser.submit(page, 'password', { username: 'jane', password });
  // The way back to the same address is one that `follow` takes for none.
  const last = answer.text === '' ? await browser.get(answer.location) : answer;
  return `${last.location.searchParams.get('error_description') ?? ''} ${last.text}`;
}

describe('E.4 functions that fail', () => {
  it('E.4 a throw is a UserLambdaValidationException with its text', async () => {
    const early = await createPool('PreSignUp', 'throws');
    await expect(
      stage.api.signUp({ ClientId: early.ClientId, Username: 'new', Password: password }),
    ).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error No entry!.',
    });
    await expect(
      stage.api.adminGetUser({ UserPoolId: early.UserPoolId, Username: 'new' }),
    ).rejects.toMatchObject({ name: 'UserNotFoundException' });
    for (const trigger of ['PreAuthentication', 'PostAuthentication', 'PreTokenGeneration'] as const) {
      const people = await createPool(trigger, 'throws');
      await stage.createUser(people.UserPoolId, 'jane');
      const message = `${trigger} failed with error No entry!.`;
      await expect(stage.signIn(people, 'jane')).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message,
      });
      // The code grant generates tokens when the code is exchanged, which no page sees.
      if (trigger !== 'PreTokenGeneration') expect(await hostedProblem(people)).toContain(message);
    }
  });

  it('E.4 a throw of post confirmation leaves the user confirmed', async () => {
    const { ClientId, UserPoolId } = await createPool('PostConfirmation', 'throws');
    await stage.api.signUp({ ClientId, Username: 'new', Password: password });
    await expect(stage.api.adminConfirmSignUp({ UserPoolId, Username: 'new' })).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PostConfirmation failed with error No entry!.',
    });
    await expect(stage.api.adminGetUser({ UserPoolId, Username: 'new' })).resolves.toMatchObject({
      UserStatus: 'CONFIRMED',
    });
  });

  it('E.4 an invalid answer is an InvalidLambdaResponseException', async () => {
    const people = await createPool('PreAuthentication', 'answers-nonsense');
    await stage.createUser(people.UserPoolId, 'jane');
    await expect(stage.signIn(people, 'jane')).rejects.toMatchObject({
      name: 'InvalidLambdaResponseException',
      message: 'Unrecognizable lambda output',
    });
    expect(await hostedProblem(people)).toContain('Unrecognizable lambda output');
  });

  it('E.4 a function that does not answer, and one that is not there, are an UnexpectedLambdaException', async () => {
    const [slow, absent] = [
      await createPool('PreAuthentication', 'never-answers'),
      await createPool('PreAuthentication', 'is-not-there'),
    ];
    for (const { UserPoolId } of [slow, absent]) await stage.createUser(UserPoolId, 'jane');
    const message = expect.stringMatching(/^PreAuthentication invocation failed due to error .+\.$/);
    await expect(stage.signIn(absent, 'jane')).rejects.toMatchObject({
      name: 'UnexpectedLambdaException',
      message,
    });
    const start = performance.now();
    const [refusal, page] = await Promise.all([
      stage.signIn(slow, 'jane').catch((error: unknown) => error),
      hostedProblem(slow),
    ]);
    // Three tries of five seconds each.
    expect(performance.now() - start).toBeGreaterThan(14_500);
    expect(refusal).toMatchObject({ name: 'UnexpectedLambdaException', message });
    expect(page).toMatch(/PreAuthentication invocation failed due to error/);
  });
});

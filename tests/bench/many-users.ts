import { call, signInInput, type Target } from './target.ts';

const LANES = 8;
const PASSWORD = 'Bench-password-of-many';
/** One user in so many gets a password of their own choosing, which is what a sign-in needs. */
const ONE_IN = 100;

const usernameOf = (index: number): string => `one-of-many-${index}@example.com`;

/**
 * Creates users through the API, so that the server's own process has all of the work.
 * @returns sign-ins of users from all over them, as request bodies
 */
export async function createManyUsers(target: Target, count: number): Promise<string[]> {
  const { userPoolId: UserPoolId } = target;
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next++; index < count; index = next++) {
      const Username = usernameOf(index);
      await call(target, 'AdminCreateUser', {
        UserPoolId,
        Username,
        TemporaryPassword: PASSWORD,
        UserAttributes: [
          { Name: 'email', Value: Username },
          { Name: 'name', Value: `One of many ${index}` },
        ],
        MessageAction: 'SUPPRESS',
      });
      if (index % ONE_IN === 0)
        await call(target, 'AdminSetUserPassword', {
          UserPoolId,
          Username,
          Password: PASSWORD,
          Permanent: true,
        });
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  return Array.from({ length: Math.ceil(count / ONE_IN) }, (_, index) =>
    JSON.stringify(signInInput(target, { username: usernameOf(index * ONE_IN), password: PASSWORD })),
  );
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  attributeList,
  attributeRecord,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from '../../integration/local-pool/api-users/user-pool-api.ts';

let pool: UserPoolApi;
let people: TestPool;

beforeAll(async () => {
  pool = await startUserPoolApi();
  people = await pool.createPool({
    Schema: [{ Name: 'age_verified', AttributeDataType: 'String', Mutable: true }],
  });
  await pool.createUser(people.UserPoolId, 'ada', { email: 'ada@example.com' });
});
afterAll(() => pool.close());

it('nobody says of themselves that an address is verified', async () => {
  const AccessToken = await pool.accessToken(people, 'ada');
  for (const name of ['email_verified', 'phone_number_verified', 'sub'])
    await expect(
      pool.api.updateUserAttributes({ AccessToken, UserAttributes: attributeList({ [name]: 'true' }) }),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'A client attempted to write unauthorized attribute',
    });
});

it('an attribute of one’s own is writable even if its name ends as theirs', async () => {
  const Name = 'custom:age_verified';
  const client = await pool.createClient(people.UserPoolId, { WriteAttributes: [Name] });
  const AccessToken = await pool.accessToken(client, 'ada');
  await pool.api.updateUserAttributes({ AccessToken, UserAttributes: attributeList({ [Name]: 'yes' }) });
  const { UserAttributes } = await pool.api.getUser({ AccessToken });
  expect(attributeRecord(UserAttributes)[Name]).toBe('yes');
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type ConfigurationApi,
  newAppClient,
  newUserPool,
  startConfigurationApi,
} from './configuration-api.ts';

let server: ConfigurationApi;
beforeAll(async () => {
  server = await startConfigurationApi();
});
afterAll(() => server.close());

it('CONFIRM_WITH_LINK sends a link that confirms the registration', async () => {
  const { Id: UserPoolId } = await newUserPool(server, {
    UsernameAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_LINK',
      EmailMessageByLink: 'Welcome. {##Confirm##}',
      EmailSubjectByLink: 'One click',
    },
  });
  await server.api.createUserPoolDomain({ UserPoolId, Domain: 'links' });
  const { ClientId } = await newAppClient(server, UserPoolId);
  const Username = 'ada@example.com';
  await server.api.signUp({ ClientId, Username, Password: 'Cabana-demo-1' });
  const query = new URLSearchParams({ userPoolId: UserPoolId, username: Username });
  const [message] = (await (await fetch(`${server.url}/inbox.json?${query}`)).json()) as {
    subject: string;
    body: string;
  }[];
  expect(message?.subject).toBe('One click');
  const [, address = ''] = /^Welcome\. Confirm: (\S+)$/.exec(message?.body ?? '') ?? [];
  expect((await fetch(address)).status).toBe(200);
  const { UserStatus, UserAttributes } = await server.api.adminGetUser({ UserPoolId, Username });
  expect(UserStatus).toBe('CONFIRMED');
  expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
});

import { recordEvent, type TriggerEvent } from '../support/record-event.ts';

/** User migration: knows everybody whose name begins with `old-`, by any password that ends with `!`. */
export async function handler(event: TriggerEvent): Promise<TriggerEvent> {
  recordEvent(event);
  const { password } = event.request as { password?: string };
  const rightPassword = event.triggerSource === 'UserMigration_ForgotPassword' || password?.endsWith('!');
  if (!event.userName.startsWith('old-') || !rightPassword) throw new Error('Bad credentials');
  event.response = {
    userAttributes: { email: `${event.userName}@example.com`, email_verified: 'true' },
    finalUserStatus: 'CONFIRMED',
    messageAction: 'SUPPRESS',
  };
  return event;
}

import { recordEvent, type TriggerEvent } from '../support/record-event.ts';

/** Pre sign-up: confirms everybody and verifies what they gave. */
export async function handler(event: TriggerEvent): Promise<TriggerEvent> {
  recordEvent(event);
  const { email, phone_number } = event.request.userAttributes;
  event.response = {
    autoConfirmUser: true,
    autoVerifyEmail: email !== undefined,
    autoVerifyPhone: phone_number !== undefined,
  };
  return event;
}

import { recordEvent, type TriggerEvent } from '../support/record-event.ts';

/** Custom message: its own words around the placeholders. */
export async function handler(event: TriggerEvent): Promise<TriggerEvent> {
  recordEvent(event);
  const { codeParameter, usernameParameter } = event.request;
  const text = `${event.triggerSource}: ${codeParameter} ${usernameParameter ?? '-'}`;
  event.response = { smsMessage: text, emailMessage: text, emailSubject: 'From a function' };
  return event;
}

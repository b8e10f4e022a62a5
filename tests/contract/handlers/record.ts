import { recordEvent, type TriggerEvent } from '../support/record-event.ts';

/** Any trigger: changes nothing. */
export async function handler(event: TriggerEvent): Promise<TriggerEvent> {
  recordEvent(event);
  return event;
}

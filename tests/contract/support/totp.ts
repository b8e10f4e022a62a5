import { Secret, TOTP } from 'otpauth';
import type { Stage } from './stage.ts';

/** The code that an authenticator app shows once a new one is due: each is good for one use. */
export async function nextTotp(stage: Stage, secretCode: string): Promise<string> {
  await stage.pass(30);
  return new TOTP({ secret: Secret.fromBase32(secretCode) }).generate({ timestamp: stage.now() });
}

import { deviceDoesNotExist } from '../../model/device.ts';
import { createServerKeyPair, isPublicKey } from '../../srp/exchange.ts';
import { knownDevice } from '../devices.ts';
import { type AnswerChallenge, ask, spend } from '../open-challenge.ts';
import { incorrectCredentials, invalidParameter, requireParameter } from '../refusals.ts';

/**
 * Takes a remembered device's `SRP_A` and goes on to the exchange (Cognito: DEVICE_SRP_AUTH; section 3.12 of the
 * behaviour notes). The secret block is the next challenge's session.
 */
export const answerDeviceSrpAuth: AnswerChallenge = async (attempt, open, responses) => {
  const { user, progress } = open;
  if (!user) throw incorrectCredentials();
  const deviceKey = requireParameter(responses, 'DEVICE_KEY');
  const srpA = requireParameter(responses, 'SRP_A');
  if (!isPublicKey(srpA)) throw invalidParameter('Invalid SRP_A value.');
  const device = deviceKey === progress.deviceKey ? knownDevice(attempt, user, progress) : undefined;
  if (!device) throw deviceDoesNotExist();
  spend(attempt, open);
  const keyPair = createServerKeyPair(device.srpVerifier);
  const challenge = ask(
    attempt,
    'DEVICE_PASSWORD_VERIFIER',
    { user, progress, state: { srpA, keyPair } },
    { SALT: device.srpSalt, SRP_B: keyPair.B, DEVICE_KEY: deviceKey, USERNAME: user.username },
  );
  return { ...challenge, parameters: { ...challenge.parameters, SECRET_BLOCK: challenge.session } };
};

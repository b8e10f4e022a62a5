import { deviceDoesNotExist } from '../../model/device.ts';
import { provesKey, type ServerKeyPair, sessionKey } from '../../srp/exchange.ts';
import { knownDevice } from '../devices.ts';
import { type AnswerChallenge, spend } from '../open-challenge.ts';
import { incorrectCredentials, requireParameter } from '../refusals.ts';
import { askSecondFactor } from '../second-factor.ts';

/**
 * Judges a remembered device's proof of its password, which stands for the second factor where only new devices are
 * challenged (Cognito: DEVICE_PASSWORD_VERIFIER). A wrong one ends the sign-in.
 */
export const answerDevicePasswordVerifier: AnswerChallenge = async (attempt, open, responses) => {
  const { user, progress } = open;
  if (!user) throw incorrectCredentials();
  const deviceKey = requireParameter(responses, 'DEVICE_KEY');
  const proof = {
    secretBlock: requireParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK'),
    signature: requireParameter(responses, 'PASSWORD_CLAIM_SIGNATURE'),
    timestamp: requireParameter(responses, 'TIMESTAMP'),
  };
  spend(attempt, open);
  const device = deviceKey === progress.deviceKey ? knownDevice(attempt, user, progress) : undefined;
  if (!device) throw deviceDoesNotExist();
  const { srpA, keyPair } = open.state as unknown as { srpA: string; keyPair: ServerKeyPair };
  const key = sessionKey(srpA, device.srpVerifier, keyPair);
  if (!provesKey(key, { group: device.deviceGroupKey, subject: deviceKey }, proof))
    throw incorrectCredentials();
  return askSecondFactor(attempt, user, {
    ...progress,
    tokenSource: 'TokenGeneration_AuthenticateDevice',
    ...(attempt.userPool.deviceConfiguration?.challengeRequiredOnNewDevice && { needsNoMfa: true }),
  });
};

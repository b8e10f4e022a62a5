import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { text } from '../aws-json/shapes.ts';
import { confirmDevice } from '../model/device.ts';
import { requireAccessToken } from './authorisation.ts';
import { DeviceKeyType, DeviceNameType, TokenModelType } from './shapes.ts';

const StringType = text({ max: 131_072 });

/** Enrols the device of the sign-in that the token comes from (Cognito: ConfirmDevice). */
export const operation = publicOperation(
  z.object({
    AccessToken: TokenModelType,
    DeviceKey: DeviceKeyType,
    DeviceSecretVerifierConfig: z
      .object({ PasswordVerifier: StringType.optional(), Salt: StringType.optional() })
      .optional(),
    DeviceName: DeviceNameType.optional(),
  }),
  async (pool, input, { ip }) => {
    const { userPool, user, family } = await requireAccessToken(pool, input.AccessToken);
    const { PasswordVerifier = '', Salt = '' } = input.DeviceSecretVerifierConfig ?? {};
    const UserConfirmationNecessary = confirmDevice(pool, userPool, user, family, {
      deviceKey: input.DeviceKey,
      name: input.DeviceName,
      salt: Salt,
      passwordVerifier: PasswordVerifier,
      ip,
    });
    return { UserConfirmationNecessary };
  },
);

import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireDevice } from '../model/device.ts';
import { requireAccessToken } from './authorisation.ts';
import { deviceType } from './device-type.ts';
import { DeviceKeyType, TokenModelType } from './shapes.ts';

/** One of the user's own devices (Cognito: GetDevice). */
export const operation = publicOperation(
  z.object({ AccessToken: TokenModelType, DeviceKey: DeviceKeyType }),
  async (pool, input) => {
    const { userPool, user } = await requireAccessToken(pool, input.AccessToken);
    return { Device: deviceType(user, requireDevice(pool, userPool, user, input.DeviceKey)) };
  },
);

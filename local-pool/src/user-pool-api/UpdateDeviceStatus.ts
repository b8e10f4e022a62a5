import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireDevice } from '../model/device.ts';
import { setDeviceRemembered } from '../store/devices.ts';
import { requireAccessToken } from './authorisation.ts';
import { DeviceKeyType, DeviceRememberedStatusType, TokenModelType } from './shapes.ts';

/** Remembers a device of the user's own, or no longer (Cognito: UpdateDeviceStatus). */
export const operation = publicOperation(
  z.object({
    AccessToken: TokenModelType,
    DeviceKey: DeviceKeyType,
    DeviceRememberedStatus: DeviceRememberedStatusType.optional(),
  }),
  async (pool, { AccessToken, DeviceKey, DeviceRememberedStatus }) => {
    const { userPool, user } = await requireAccessToken(pool, AccessToken);
    const device = requireDevice(pool, userPool, user, DeviceKey);
    if (DeviceRememberedStatus) setDeviceRemembered(pool, device, DeviceRememberedStatus === 'remembered');
    return {};
  },
);

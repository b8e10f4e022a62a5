import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireDevice } from '../model/device.ts';
import { setDeviceRemembered } from '../store/devices.ts';
import { requireUser, requireUserPool } from './authorisation.ts';
import { DeviceKeyType, DeviceRememberedStatusType, UsernameType, UserPoolIdType } from './shapes.ts';

/** Remembers a user's device, or no longer (Cognito: AdminUpdateDeviceStatus). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    Username: UsernameType,
    DeviceKey: DeviceKeyType,
    DeviceRememberedStatus: DeviceRememberedStatusType.optional(),
  }),
  (pool, { UserPoolId, Username, DeviceKey, DeviceRememberedStatus }) => {
    const userPool = requireUserPool(pool, UserPoolId);
    const device = requireDevice(pool, userPool, requireUser(pool, userPool, Username), DeviceKey);
    if (DeviceRememberedStatus) setDeviceRemembered(pool, device, DeviceRememberedStatus === 'remembered');
    return {};
  },
);

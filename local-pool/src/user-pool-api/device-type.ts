import type { User } from '../model/user.ts';
import { userPoolArn } from '../model/user-pool.ts';
import type { Device } from '../store/devices.ts';
import { attributeList, timestamp } from './user-type.ts';

/** API reference: DeviceType; the attributes are those of AWS CLI's examples (list-devices). */
export function deviceType(user: User, device: Device) {
  const owner = `${user.username}.${device.userPoolId}`;
  const stem = userPoolArn(device.userPoolId).replace(/:userpool\/.*/, '');
  return {
    DeviceKey: device.deviceKey,
    DeviceAttributes: attributeList({
      device_status: 'valid',
      ...(device.name !== undefined && { device_name: device.name }),
      'dev:device_arn': `${stem}:owner/${owner}/device/${device.deviceKey}`,
      'dev:device_owner': owner,
      last_ip_used: device.lastIp,
      'dev:device_remembered_status': device.remembered ? 'remembered' : 'not_remembered',
    }),
    DeviceCreateDate: timestamp(device.createdAt),
    DeviceLastModifiedDate: timestamp(device.modifiedAt),
    DeviceLastAuthenticatedDate: timestamp(device.authenticatedAt),
  };
}

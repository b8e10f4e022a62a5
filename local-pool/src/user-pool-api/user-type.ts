import type { CodeDelivery } from '../model/code-delivery.ts';
import type { User } from '../model/user.ts';

export interface AttributeType {
  Name: string;
  Value: string;
}

/** Attributes as a list of names and values (API reference: AttributeType). */
export function attributeList(attributes: Record<string, string>): AttributeType[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** The list as a record; the last of several values of one name counts. An attribute without a value is blank. */
export function attributeRecord(
  list: { Name: string; Value?: string | undefined }[] = [],
): Record<string, string> {
  return Object.fromEntries(list.map(({ Name, Value = '' }) => [Name, Value]));
}

/** All attributes as an administrator sees them, `sub` first and `identities` where there are any. */
export function allAttributes(user: User): Record<string, string> {
  const { identities } = user.details;
  return {
    sub: user.sub,
    ...(identities && identities.length > 0 && { identities: JSON.stringify(identities) }),
    ...user.attributes,
  };
}

/** Seconds with a fraction: the API's dates. */
export const timestamp = (milliseconds: number): number => milliseconds / 1000;

/** API reference: UserType. */
export function userType(user: User, attributes: Record<string, string> = allAttributes(user)) {
  return {
    Username: user.username,
    Attributes: attributeList(attributes),
    UserCreateDate: timestamp(user.createdAt),
    UserLastModifiedDate: timestamp(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
    ...mfaOptions(user),
  };
}

/** The members that tell of second factors, where there are any (API reference: GetUser). */
export function mfaMembers(user: User): {
  UserMFASettingList?: string[];
  PreferredMfaSetting?: string;
  MFAOptions?: object[];
} {
  const { details } = user;
  return {
    ...(details.mfaFactors && details.mfaFactors.length > 0 && { UserMFASettingList: details.mfaFactors }),
    ...(details.preferredMfa && { PreferredMfaSetting: details.preferredMfa }),
    ...mfaOptions(user),
  };
}

/** The legacy member, which knows of SMS alone (API reference: MFAOptionType). */
function mfaOptions({ details }: User): { MFAOptions?: object[] } {
  return details.mfaFactors?.includes('SMS_MFA')
    ? { MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] }
    : {};
}

/** API reference: CodeDeliveryDetailsType. */
export function codeDeliveryDetails({ destination, deliveryMedium, attributeName }: CodeDelivery) {
  return { Destination: destination, DeliveryMedium: deliveryMedium, AttributeName: attributeName };
}

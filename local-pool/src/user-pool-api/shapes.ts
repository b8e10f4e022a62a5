import { z } from 'zod';
import { integer, list, stringMap, text } from '../aws-json/shapes.ts';

/** Shapes by their names in the API model, with its constraints (API reference; appendix B of the behaviour notes). */
const NAME = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`;

export const UserPoolIdType = text({ min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` });
export const ClientIdType = text({ min: 1, max: 128, pattern: String.raw`[\w+]+` });
export const SecretHashType = text({ min: 1, max: 128, pattern: String.raw`[\w+=/]+` });
export const UsernameType = text({ min: 1, max: 128, pattern: NAME });
/** A blank may stand within, not at the ends. The pattern is the one that errors name, in a form without backtracking. */
export const PasswordType = z
  .string()
  .regex(/^\S.*\S$/su, String.raw`^[\S]+.*[\S]+$`)
  .max(256);
export const ConfirmationCodeType = text({ min: 1, max: 2048, pattern: String.raw`[\S]+` });
export const SessionType = text({ min: 20, max: 2048 });
export const TokenModelType = text({ pattern: '[A-Za-z0-9-_=.]+' });
export const AttributeNameType = text({
  min: 1,
  max: 32,
  pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+`,
});
export const GroupNameType = text({ min: 1, max: 128, pattern: NAME });
export const PaginationKey = text({ min: 1, max: 131_072, pattern: String.raw`[\S]+` });
export const QueryLimitType = integer({ min: 0, max: 60 });

export const AttributeType = z.object({ Name: AttributeNameType, Value: text({ max: 2048 }).optional() });
export const AttributeListType = list(AttributeType);
export const AttributeNameListType = list(AttributeNameType);
export const ClientMetadataType = stringMap();
export const DeliveryMediumType = z.enum(['SMS', 'EMAIL']);
export const EventIdType = text({ min: 1, max: 50, pattern: String.raw`[\w+-]+` });
export const FeedbackValueType = z.enum(['Valid', 'Invalid']);
export const MFAOptionListType = list(
  z.object({ DeliveryMedium: DeliveryMediumType.optional(), AttributeName: AttributeNameType.optional() }),
);
const MfaSettingsType = z.object({ Enabled: z.boolean().optional(), PreferredMfa: z.boolean().optional() });
/** The members that SetUserMFAPreference and its administrator's twin have alike. */
export const mfaPreferenceMembers = {
  SMSMfaSettings: MfaSettingsType.optional(),
  SoftwareTokenMfaSettings: MfaSettingsType.optional(),
  EmailMfaSettings: MfaSettingsType.optional(),
  WebAuthnMfaSettings: z.object({ Enabled: z.boolean().optional() }).optional(),
};
/** The members of every operation on a user whom an administrator names. */
export const namedUserMembers = { UserPoolId: UserPoolIdType, Username: UsernameType };
/** The members of every operation on a user whom they name themselves, at an app client. */
export const clientUserMembers = {
  ClientId: ClientIdType,
  SecretHash: SecretHashType.optional(),
  Username: UsernameType,
  ClientMetadata: ClientMetadataType.optional(),
};
export const ClientSecretType = text({ min: 24, max: 64, pattern: String.raw`[\w+]+` });
export const DeviceKeyType = text({ min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-f-]+` });
export const DeviceNameType = text({ min: 1, max: 1024 });
export const DeviceRememberedStatusType = z.enum(['remembered', 'not_remembered']);
export const SearchPaginationTokenType = text({ min: 1, pattern: String.raw`[\S]+` });
export const WebAuthnCredentialsQueryLimitType = integer({ min: 0, max: 20 });
export const SoftwareTokenMFAUserCodeType = text({ min: 6, max: 6, pattern: '[0-9]+' });
export const AuthFlowType = z.enum([
  'USER_SRP_AUTH',
  'REFRESH_TOKEN_AUTH',
  'REFRESH_TOKEN',
  'CUSTOM_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'USER_AUTH',
]);
export const ChallengeNameType = z.enum([
  'SMS_MFA',
  'EMAIL_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'PASSWORD_VERIFIER',
  'CUSTOM_CHALLENGE',
  'SELECT_CHALLENGE',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
  'ADMIN_NO_SRP_AUTH',
  'NEW_PASSWORD_REQUIRED',
  'SMS_OTP',
  'PASSWORD',
  'WEB_AUTHN',
  'PASSWORD_SRP',
]);
export const UserPoolNameType = text({ min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` });
export const UserPoolTagsType = stringMap();
/** Bytes, which JSON carries as base64. */
export const BlobType = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'base64');
export const UuidType = text({
  pattern: '[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}',
});

import { text } from '../aws-json/shapes.ts';
import type { Notation } from './notation.ts';

/** Texts of messages (API reference; appendix B of the behaviour notes). */
const CHARACTERS = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`;

export const SmsVerificationMessageType = text({ min: 6, max: 140, pattern: String.raw`.*\{####\}.*` });
export const EmailVerificationMessageType = text({
  min: 6,
  max: 20_000,
  pattern: String.raw`${CHARACTERS}\{####\}${CHARACTERS}`,
});
export const EmailVerificationSubjectType = text({
  min: 1,
  max: 140,
  pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+`,
});
const EmailMessageByLinkType = text({
  min: 6,
  max: 20_000,
  pattern: String.raw`${CHARACTERS}\{##${CHARACTERS}##\}${CHARACTERS}`,
});
const SmsInviteMessageType = text({ min: 6, max: 140, pattern: '(?s).*' });
const EmailInviteMessageType = text({ min: 6, max: 20_000, pattern: CHARACTERS });

/** API reference: MessageTemplateType, the invitation of AdminCreateUser. */
export const inviteMessageTemplate = (n: Notation) =>
  n.object({
    SMSMessage: SmsInviteMessageType.optional(),
    EmailMessage: EmailInviteMessageType.optional(),
    EmailSubject: EmailVerificationSubjectType.optional(),
  });

/** API reference: VerificationMessageTemplateType, but for `DefaultEmailOption`. */
export const verificationTexts = {
  SmsMessage: SmsVerificationMessageType.optional(),
  EmailMessage: EmailVerificationMessageType.optional(),
  EmailSubject: EmailVerificationSubjectType.optional(),
  EmailMessageByLink: EmailMessageByLinkType.optional(),
  EmailSubjectByLink: EmailVerificationSubjectType.optional(),
};

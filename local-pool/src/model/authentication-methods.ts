/**
 * A way of proving who one is, as `amr` names it: a password, the code of an authenticator app, a code by SMS or mail, a
 * passkey of this device or of a security key, an identity provider (Cognito: Authentication levels with ACR and AMR
 * claims). Answers to custom challenges, and devices that prove themselves, have no name there.
 */
export type AuthenticationMethod = 'pwd' | 'otp' | 'sms' | 'email_otp' | 'swk' | 'hwk' | 'fed';

/** The names of the levels of authentication, from the weakest to the strongest. */
export type AcrValues = readonly [string, string, string, string];

/** Methods in the order in which they were used, each once. */
export function withMethod(
  methods: readonly AuthenticationMethod[] | undefined,
  method: AuthenticationMethod,
): AuthenticationMethod[] {
  return [...new Set([...(methods ?? []), method])];
}

/** The claim `amr`: `mfa` tells of two methods or more. Undefined where nothing is known of the sign-in. */
export function amrClaim(methods: readonly AuthenticationMethod[]): string[] | undefined {
  if (methods.length === 0) return undefined;
  return methods.length > 1 ? [...methods, 'mfa'] : [...methods];
}

/** The claim `acr`: the name of the highest level that the methods satisfy; undefined where they satisfy none. */
export function acrClaim(
  methods: readonly AuthenticationMethod[],
  [password, code, passkeyOrTwo, app]: AcrValues,
): string | undefined {
  const [hasPassword, hasApp] = [methods.includes('pwd'), methods.includes('otp')];
  const hasCode = methods.includes('sms') || methods.includes('email_otp');
  const hasPasskey = methods.includes('swk') || methods.includes('hwk');
  if (hasPassword && hasApp) return app;
  if (hasPasskey || (hasPassword && hasCode)) return passkeyOrTwo;
  if (hasCode) return code;
  return hasPassword ? password : undefined;
}

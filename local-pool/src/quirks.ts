/** Oddities of Cognito that are off unless they are asked for, so that an application can be tried against them. */
export interface Quirks {
  /**
   * A sign-in through an OIDC provider puts the nonce that the pool sent to the provider into the ID token when the
   * app client sent none. Strict clients refuse that token: "nonce mismatch, expected undefined".
   */
  leakedNonce?: boolean;
}

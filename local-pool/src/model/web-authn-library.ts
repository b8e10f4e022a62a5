/** The library that makes and judges WebAuthn messages, read when the first passkey is used: it is half of all code here. */
export const webAuthnLibrary = () => import('@simplewebauthn/server');

/** The library that makes and judges WebAuthn messages, read when the first passkey is used: it is half of the modules of a start. */
export const webAuthnLibrary = () => import('@simplewebauthn/server');

/** How the OpenAPI document calls the two kinds of token. */
export const SECURITY_SCHEME = 'cognito';
export const ID_TOKEN_SCHEME = 'idToken';

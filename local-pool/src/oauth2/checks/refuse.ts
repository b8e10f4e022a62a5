import type { OAuthError } from '../../errors.ts';

/** Makes the error of a check that goes back to the client. */
export type Refuse = (error: string, description?: string) => OAuthError;

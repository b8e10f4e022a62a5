/**
 * A refusal in the words of the AWS APIs. `code` is the exception's name (`UsernameExistsException` …), `message` the
 * text that Cognito sends; neither may carry a password, code or token.
 */
export class CognitoError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'CognitoError';
    this.code = code;
  }
}

/** A refusal of an OAuth endpoint: `error` and `error_description` of RFC 6749 section 5.2 with an HTTP status. */
export class OAuthError extends Error {
  readonly error: string;
  readonly description: string | undefined;
  readonly status: 400 | 401 | 403;
  constructor(error: string, description?: string, status: 400 | 401 | 403 = 400) {
    super(description ?? error);
    this.name = 'OAuthError';
    this.error = error;
    this.description = description;
    this.status = status;
  }
}

/** A start that cannot succeed: one sentence for the person who started it, printed without a stack. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}

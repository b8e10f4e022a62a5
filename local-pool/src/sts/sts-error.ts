/** A refusal of STS: the code and message of AWS's Query protocol, with its HTTP status (STS: Common errors). */
export class StsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'StsError';
    this.code = code;
    this.status = status;
  }
}

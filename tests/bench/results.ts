import type { Measurement } from './load.ts';

export interface CaseResult {
  name: string;
  /** RSA signatures that one exchange needs. */
  signatures: 0 | 1 | 2;
  localPool: Measurement;
  /** Absent where cognito-local has no such thing. */
  cognitoLocal?: Measurement;
  /** The machine's RSA signatures beside this case; absent where nothing is signed. */
  signing?: Measurement;
}

export interface Results {
  /** The machine's load average before: what other programs kept busy meanwhile, most likely. */
  loadBefore: number;
  cases: CaseResult[];
  /** Milliseconds from the start of the process to the first answer, on a store that exists. */
  ready: { localPool: number; cognitoLocal: number };
  many: {
    users: number;
    /** Seconds that creating them took. */
    created: number;
    /** Megabytes (10^6 bytes) of the process that created them. */
    resident: number;
    /** Milliseconds, as above, on the store that holds them. */
    ready: number;
    /** One sign-in of each of a hundredth of them: nobody's password has been right before. */
    first: Measurement;
    /** Sign-ins with all of them in the store, and beside that with ten. */
    signIn: { many: Measurement; ten: Measurement };
  };
}

import { CLOCK_TOLERANCE } from '../../../lib/cognito/token-verifier.ts';
import { type Check, ok, problem, skipped, warning } from '../finding.ts';
import type { UserPoolSubject } from '../user-pool.ts';

/** In seconds: what a machine that keeps its time well never reaches. */
const NOTICEABLE = 10;

/** This machine's clock against the user pool's Date header (RFC 9110 section 6.6.1). */
export const clock: Check<UserPoolSubject> = {
  name: 'clock',
  examine({ discovery: { ahead } }) {
    if (ahead === undefined) return skipped('the user pool does not say what time it has');
    const seconds = Math.round(Math.abs(ahead) / 1_000);
    const found = `this machine is ${seconds} s ${ahead < 0 ? 'behind' : 'ahead of'} the user pool`;
    if (seconds > CLOCK_TOLERANCE)
      return problem(
        found,
        `Beyond ${CLOCK_TOLERANCE} s fresh tokens are refused: synchronise the clock (NTP).`,
      );
    if (seconds > NOTICEABLE)
      return warning(found, `Beyond ${CLOCK_TOLERANCE} s nobody could sign in: synchronise the clock (NTP).`);
    return ok(seconds === 0 ? 'in step with the user pool' : found);
  },
};

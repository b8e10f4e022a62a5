/** Cognito's bounds for access tokens: five minutes to a day (Cognito: token validity). In seconds. */
const SHORTEST = 300;
const LONGEST = 86_400;

/**
 * How long a token is taken to live. One that does not say is given the shortest life that Cognito gives, and so is one
 * whose `expires_in` is zero or nonsense: the service that it is shown to will say when it is wrong, and the user pool is
 * not asked over and over. Short lives above zero are believed; a user pool for tests may have them.
 * @param expiresIn seconds
 * @returns milliseconds
 */
export function lifetimeOf(expiresIn: number | undefined): number {
  const believable = expiresIn !== undefined && expiresIn >= 1;
  return (believable ? Math.min(expiresIn, LONGEST) : SHORTEST) * 1_000;
}

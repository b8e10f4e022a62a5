/**
 * Makes a question that is asked once at a time, and whose answer is given to whoever asks it while that is good.
 * @param goodFor for how long, in milliseconds; told of no answer where it failed
 * @param now milliseconds from any moment, of a clock that nobody sets
 */
export function remembering<Answer>(
  ask: () => Promise<Answer>,
  goodFor: (answer: Answer | undefined) => number,
  now: () => number = () => performance.now(),
): () => Promise<Answer> {
  let last: Promise<Answer> | undefined;
  let goodUntil = 0;
  const keep = (answer?: Answer): void => {
    goodUntil = now() + goodFor(answer);
  };
  return () => {
    if (last && now() < goodUntil) return last;
    goodUntil = Number.POSITIVE_INFINITY;
    last = ask();
    last.then(keep, () => keep());
    return last;
  };
}

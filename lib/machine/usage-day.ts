const DAY_MS = 86_400_000;

let latest = { number: Number.NaN, text: '' };

/** @param now milliseconds since the epoch @returns the UTC day as `2026-11-23` */
export function dayOf(now: number): string {
  const number = Math.floor(now / DAY_MS);
  // To put a date into words costs more than everything else that a call for a token does.
  if (number !== latest.number) latest = { number, text: new Date(now).toISOString().slice(0, 10) };
  return latest.text;
}

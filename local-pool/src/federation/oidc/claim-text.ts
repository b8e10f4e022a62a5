/** A claim as the text that a user attribute holds: lists and objects as JSON; undefined for null and nothing. */
export function claimText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Any trigger: leaves its caller waiting. */
export function handler(): Promise<never> {
  return new Promise(() => {});
}

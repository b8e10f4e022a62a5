/** Any trigger: refuses. */
export async function handler(): Promise<never> {
  throw new Error('No entry!');
}

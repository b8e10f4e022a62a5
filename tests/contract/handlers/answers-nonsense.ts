/** Any trigger: answers with something that is not its event. */
export async function handler(): Promise<string> {
  return 'nonsense';
}

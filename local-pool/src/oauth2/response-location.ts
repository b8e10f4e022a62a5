/**
 * A redirect URI with response parameters: in the query for `code`, in the fragment for `token`. The URI is kept byte
 * for byte, its own query included, because parsing and printing it again could change what the client registered.
 */
export function responseLocation(
  redirectUri: string,
  responseType: string | undefined,
  parameters: Record<string, string>,
): string {
  const separator = responseType === 'token' ? '#' : redirectUri.includes('?') ? '&' : '?';
  return `${redirectUri}${separator}${new URLSearchParams(parameters)}`;
}

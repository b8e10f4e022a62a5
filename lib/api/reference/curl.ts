/** Whatever stands between single quotes is left alone by a POSIX shell; a single quote itself has to stand outside. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

interface Call {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON. */
  body: string | undefined;
  /** The shell variable that holds the token: ACCESS_TOKEN unless it is said. */
  token?: 'ACCESS_TOKEN' | 'ID_TOKEN';
}

/** @returns a command for a POSIX shell that makes a call with the token in a variable */
export function curlOf({ method, url, headers, body, token = 'ACCESS_TOKEN' }: Call): string {
  const lines = [
    `curl -i${method === 'GET' ? '' : ` -X ${method}`} ${quoted(url)}`,
    `-H "Authorization: Bearer $${token}"`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-H ${quoted('Content-Type: application/json')}`, `-d ${quoted(body)}`]),
  ];
  return lines.join(' \\\n  ');
}

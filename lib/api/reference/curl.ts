/** Whatever stands between single quotes is left alone by a POSIX shell; a single quote itself has to stand outside. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export interface Call {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON. */
  body: string | undefined;
}

/** @returns a command for a POSIX shell that makes a call with the token in the variable ACCESS_TOKEN */
export function curlOf({ method, url, headers, body }: Call): string {
  const lines = [
    `curl -i${method === 'GET' ? '' : ` -X ${method}`} ${quoted(url)}`,
    '-H "Authorization: Bearer $ACCESS_TOKEN"',
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-H ${quoted('Content-Type: application/json')}`, `-d ${quoted(body)}`]),
  ];
  return lines.join(' \\\n  ');
}

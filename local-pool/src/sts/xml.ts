import { html } from 'hono/html';
import type { ResultMembers } from './action.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The answer of an action (AWS Query protocol: `{Action}Response` around `{Action}Result`). */
export function resultXml(action: string, result: ResultMembers, requestId: string): string {
  return elements({
    [`${action}Response xmlns="${NAMESPACE}"`]: {
      [`${action}Result`]: result,
      ResponseMetadata: { RequestId: requestId },
    },
  });
}

/** The answer that refuses (AWS Query protocol: `ErrorResponse`). */
export function errorXml(code: string, message: string, requestId: string): string {
  return elements({
    [`ErrorResponse xmlns="${NAMESPACE}"`]: {
      Error: { Type: 'Sender', Code: code, Message: message },
      RequestId: requestId,
    },
  });
}

function elements(members: ResultMembers): string {
  return Object.entries(members)
    .map(([start, value]) => {
      const [name] = start.split(' ');
      const content = typeof value === 'string' ? html`${value}`.toString() : elements(value);
      return `<${start}>${content}</${name}>`;
    })
    .join('');
}

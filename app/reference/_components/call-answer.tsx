import { CodeBlock } from '#components/code-block.tsx';
import type { CallAnswer as Answered } from './make-call.ts';

/** What to do about it, where that is not in the answer itself. */
function advice({ status, headers }: Answered): string | undefined {
  const value = (name: string) => headers.find(([known]) => known === name)?.[1];
  if (status === 429)
    return `Too many calls in a short time. Wait ${value('retry-after') ?? 'some'} seconds.`;
  if (status === 401 && value('www-authenticate') === 'Bearer')
    return 'Paste a token at the top of this page.';
  if (status === 401) return 'The token was not accepted. The challenge says why; a fresh one may help.';
  return undefined;
}

/** What came of a call, in a line. */
export function CallOutcome({ answer }: { answer: Answered }) {
  const { status, statusText, took } = answer;
  return (
    <p className="leading-relaxed">
      <strong className={`font-mono ${status < 400 ? 'text-teal' : 'text-alert'}`}>
        {status} {statusText}
      </strong>{' '}
      <span className="text-quiet">after {took} ms.</span> {advice(answer)}
    </p>
  );
}

/** The header fields that matter to a client, and the body. */
export function CallAnswer({ id, answer: { headers, body } }: { id: string; answer: Answered }) {
  return (
    <>
      <dl className="text-sm">
        {headers.map(([name, value]) => (
          <div key={name} className="sm:flex sm:gap-3">
            <dt className="shrink-0 font-mono text-quiet sm:w-44">{name}</dt>
            <dd className="min-w-0 font-mono wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {body && <CodeBlock label={`Body of the answer to ${id}`}>{body}</CodeBlock>}
    </>
  );
}

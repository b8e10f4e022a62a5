import { CodeBlock } from '#components/code-block.tsx';
import { Fold } from '#components/fold.tsx';
import type { Answer, Refusal } from '#lib/api/reference/reference.ts';
import { MemberList } from './member-list.tsx';

/** How a call can end well. */
export function Answers({ id, answers }: { id: string; answers: readonly Answer[] }) {
  return (
    <div className="space-y-5">
      {answers.map(({ status, description, headers, body }) => (
        <div key={status}>
          <p>
            <span className="font-mono font-semibold">{status}</span> {description}
            {headers.length > 0 && <span className="text-quiet">, with {headers.join(', ')}</span>}
          </p>
          {body && (
            <div className="mt-3 space-y-3">
              <CodeBlock label={`Example of the answer ${status} to ${id}`}>{body.example}</CodeBlock>
              {body.members.length > 0 && (
                <Fold summary={`Members of the answer ${status}`}>
                  <MemberList members={body.members} says="optional" />
                </Fold>
              )}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

/** How it can be refused. */
export function Refusals({ refusals }: { refusals: readonly Refusal[] }) {
  return (
    <Fold summary={`${refusals.length} ways to be refused`}>
      <dl className="divide-y divide-edge">
        {refusals.map(({ status, code, text }) => (
          <div key={`${status} ${code}`} className="py-2 first:pt-0 last:pb-0">
            <dt className="font-mono text-sm">
              {status} {code}
            </dt>
            <dd className="text-sm leading-6 text-quiet">{text}</dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}

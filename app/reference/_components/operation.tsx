import type { ReactNode } from 'react';
import { CodeBlock } from '#components/code-block.tsx';
import { Identifier } from '#components/identifier.tsx';
import { policyWords } from '#components/policy-words.ts';
import type { Body, ReferenceOperation } from '#lib/api/reference/reference.ts';
import { Answers, Refusals } from './answers.tsx';
import type { Call } from './make-call.ts';
import { MemberList } from './member-list.tsx';
import { MethodBadge } from './method-badge.tsx';
import { TryCall } from './try-call.tsx';
import { Words } from './words.tsx';

function Part({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-2 font-semibold">{heading}</h4>
      {children}
    </div>
  );
}

/** What it is for, its address, and whom it answers. */
function Heading({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, policy } = operation;
  return (
    <>
      <h3 id={`${id}-heading`} className="text-lg font-semibold tracking-tight">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <MethodBadge>{method}</MethodBadge>
        <Identifier>{path}</Identifier>
      </p>
      {description && (
        <p className="mt-3 leading-relaxed text-quiet">
          <Words>{description}</Words>
        </p>
      )}
      {Object.keys(policy).length > 0 && (
        <p className="mt-3 text-sm wrap-anywhere text-quiet">Asks for: {policyWords(policy).join(', ')}.</p>
      )}
    </>
  );
}

function BodyPart({ id, body }: { id: string; body: Body }) {
  return (
    <Part heading="Body">
      <MemberList members={body.members} says="optional" />
      <div className="mt-3">
        <CodeBlock label={`Example of the body of ${id}`}>{body.example}</CodeBlock>
      </div>
    </Part>
  );
}

/** The browser is sent no more of an operation than it needs for trying it. */
const callOf = ({ id, method, path, parameters, body }: ReferenceOperation): Call => ({
  id,
  method,
  path,
  parameters: parameters.map(({ name, in: place, required, type, example }) => ({
    name,
    in: place,
    required,
    type,
    example,
  })),
  body: body?.example,
});

/** One operation: what it is for, what it takes, what it answers, and a way to try it. Its id is its address here. */
export function Operation({ operation }: { operation: ReferenceOperation }) {
  const { id, parameters, body, answers, refusals, curl } = operation;
  return (
    <article
      id={id}
      aria-labelledby={`${id}-heading`}
      className="card min-w-0 scroll-mt-6 target:border-teal"
    >
      <Heading operation={operation} />
      <div className="mt-6 space-y-6">
        {parameters.length > 0 && (
          <Part heading="Parameters">
            <MemberList members={parameters} says="optional" />
          </Part>
        )}
        {body && <BodyPart id={id} body={body} />}
        <Part heading="Answers">
          <Answers id={id} answers={answers} />
          <Refusals refusals={refusals} />
        </Part>
        <Part heading="With curl">
          <CodeBlock label={`${id} with curl`}>{curl}</CodeBlock>
        </Part>
        <TryCall call={callOf(operation)} />
      </div>
    </article>
  );
}

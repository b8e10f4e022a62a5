import type { Metadata } from 'next';
import { Chips } from '#components/chips.tsx';
import { CodeBlock } from '#components/code-block.tsx';
import { Facts } from '#components/facts.tsx';
import { Identifier } from '#components/identifier.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { requirePage } from '#lib/access/guards.ts';
import { config } from '#lib/config.ts';
import { type ErrorCode, publicText, resultOrCode } from '#lib/errors.ts';
import { callDownstream, type DownstreamAnswer } from '#lib/machine/downstream.ts';

export const metadata: Metadata = { title: 'Downstream service', robots: { index: false } };

/** More than this is not read on a page. */
const MOST_CHARACTERS = 4_000;

function Answer({ answer: { status, contentType, body } }: { answer: DownstreamAnswer }) {
  return (
    <>
      <Facts
        facts={[
          ['Status', String(status)],
          ['Type', contentType ? <Identifier key="type">{contentType}</Identifier> : undefined],
        ]}
      />
      {body === '' ? (
        <p className="mt-5 text-quiet">The answer has no body.</p>
      ) : (
        <CodeBlock label="Body of the answer" className="mt-5">
          {body.slice(0, MOST_CHARACTERS)}
        </CodeBlock>
      )}
      {body.length > MOST_CHARACTERS && (
        <p className="mt-3 text-quiet">
          These are the first {MOST_CHARACTERS.toLocaleString('en')} of {body.length.toLocaleString('en')}{' '}
          characters.
        </p>
      )}
    </>
  );
}

function Refusal({ code }: { code: ErrorCode }) {
  return (
    <>
      <p className="leading-relaxed">{publicText(code)}</p>
      {code === 'downstream_missing' && (
        <p className="mt-3 leading-relaxed text-quiet">
          <Identifier>DOWNSTREAM_URL</Identifier> names its address, and{' '}
          <Identifier>DOWNSTREAM_SCOPES</Identifier> the scopes that it asks for.
        </p>
      )}
    </>
  );
}

export default async function DownstreamPage() {
  await requirePage('/admin/downstream');
  const { downstream, serviceClient } = config();
  const outcome = await resultOrCode(callDownstream());
  return (
    <>
      <PageHeading heading="Downstream service">
        <p>
          This application calls one service as itself: with an access token of its own app client, which no
          person and no browser is given.
        </p>
      </PageHeading>
      <div className="grid gap-5">
        <SectionCard heading="What the service answered just now">
          {typeof outcome === 'string' ? <Refusal code={outcome} /> : <Answer answer={outcome} />}
        </SectionCard>
        {downstream && (
          <SectionCard heading="What was sent">
            <Facts
              facts={[
                ['To', <Identifier key="url">{downstream.url.href}</Identifier>],
                ['By', serviceClient && <Identifier key="client">{serviceClient.clientId}</Identifier>],
                ['With', <Chips key="scopes" names={downstream.scopes} none="No scope." />],
              ]}
            />
          </SectionCard>
        )}
      </div>
    </>
  );
}

import type { Metadata } from 'next';
import { Identifier } from '#components/identifier.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { openApiDocument } from '#lib/api/openapi.ts';
import { referenceOf } from '#lib/api/reference/reference.ts';
import { config } from '#lib/config.ts';
import { Contents } from './_components/contents.tsx';
import { Operation } from './_components/operation.tsx';
import { TokenInput, TokenScope } from './_components/token.tsx';

export const metadata: Metadata = {
  title: 'API reference',
  description: 'The operations of the API, and a way to try them.',
};

const inWords = (count: number): string => count.toLocaleString('en');

/** Made of the OpenAPI document, so it says what the API does and has nothing of its own to keep up to date. */
export default function ReferencePage() {
  const settings = config();
  const sections = referenceOf(openApiDocument(settings));
  return (
    <>
      <PageHeading heading="API reference">
        <p>
          For mobile clients and machines. The same as data:{' '}
          <a href="/api/v1/openapi.json" className="text-link">
            OpenAPI 3.1 document
          </a>
        </p>
      </PageHeading>
      <TokenScope>
        <div className="grid gap-5">
          <SectionCard heading="A token first">
            <div className="space-y-3 leading-relaxed">
              <p>
                Every call carries an access token of the user pool, or an ID token where the operation says
                so: <Identifier>Authorization: Bearer …</Identifier>. In a copy of the repository,{' '}
                <Identifier>npm run notes -- sign-in</Identifier> signs you in, and{' '}
                <Identifier>npm run -s notes token</Identifier> prints an access token;{' '}
                <Identifier>docs/guides/mobile.md</Identifier> shows how an app gets its own. Cookies count
                for nothing here.
              </p>
              <p>
                In a minute, the API takes {inWords(settings.requestsPerUser)} calls from one person or
                machine, and {inWords(settings.requestsPerAddress)} from one address.{' '}
                <Identifier>RateLimit</Identifier> says what is left. A refusal is a problem document with a{' '}
                <Identifier>code</Identifier> that stays the same.
              </p>
            </div>
            <TokenInput />
          </SectionCard>
          <Contents sections={sections} />
        </div>
        {sections.map(({ tag, operations }) => (
          <section key={tag} aria-labelledby={`tag-${tag}`} className="mt-12">
            <h2 id={`tag-${tag}`} className="text-2xl font-semibold tracking-tight">
              {tag}
            </h2>
            <div className="mt-5 grid gap-5">
              {operations.map((operation) => (
                <Operation key={operation.id} operation={operation} />
              ))}
            </div>
          </section>
        ))}
      </TokenScope>
    </>
  );
}

import type { AwsCredentials } from '#lib/cognito/identity-pool.ts';
import { CodeBlock } from './code-block.tsx';
import { CopyButton } from './copy-button.tsx';
import { Facts } from './facts.tsx';
import { Fold } from './fold.tsx';
import { Identifier } from './identifier.tsx';
import { Moment } from './moment.tsx';
import { SectionCard } from './section-card.tsx';

/** AWS CLI: environment variables. */
const variables = ({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials): string =>
  [
    `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `export AWS_SESSION_TOKEN=${sessionToken}`,
  ].join('\n');

/** Credentials that were just made. What is secret of them has to be unfolded. @param now seconds since the epoch */
export function AwsCredentialsCard({ credentials, now }: { credentials: AwsCredentials; now: number }) {
  const text = variables(credentials);
  return (
    <SectionCard
      heading="Your credentials"
      note="They are shown this once. Signing out does not end them: treat them like a password."
    >
      <Facts
        facts={[
          ['Access key', <Identifier key="key">{credentials.accessKeyId}</Identifier>],
          ['Identity', <Identifier key="identity">{credentials.identityId}</Identifier>],
          ['Good until', <Moment key="end" at={credentials.expiresAt} now={now} />],
        ]}
      />
      <div className="mt-5 space-y-3">
        <CopyButton text={text}>Copy as environment variables</CopyButton>
        <Fold summary="Show the secret key and the session token">
          <CodeBlock label="Environment variables">{text}</CodeBlock>
        </Fold>
      </div>
    </SectionCard>
  );
}

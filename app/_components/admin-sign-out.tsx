import { pagePolicies } from '#lib/access/policies.ts';
import type { ErrorCode } from '#lib/errors.ts';
import { Field } from './field.tsx';
import { policyWords } from './policy-words.ts';
import { SectionCard } from './section-card.tsx';

type Props = {
  /** What was typed before, when it was kept. */
  kept: Readonly<Record<string, string>> | undefined;
  error: ErrorCode | undefined;
};

/** The administrator's form that ends whatever a person is signed in with. */
export function AdminSignOut({ kept, error }: Props) {
  return (
    <SectionCard
      heading="Sign a person out everywhere"
      note="Ends all their sessions and the sign-ins of their mobile apps. They may sign in again at once; to keep them out, disable them in the user pool."
      className="lg:col-span-2"
    >
      <form method="post" action="/admin/sign-out" className="max-w-xl space-y-5">
        <Field
          label="User name"
          hint="Their user name, e-mail address or subject."
          name="username"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={128}
          defaultValue={kept?.username}
          wrong={error === 'unknown_user'}
        />
        <Field
          label="Why"
          hint="They read it among their security events. Up to 200 characters."
          name="note"
          autoComplete="off"
          required
          maxLength={200}
          defaultValue={kept?.note}
        />
        <button type="submit" className="button-primary">
          Sign this person out
        </button>
        <p className="text-sm text-quiet">
          Asks for: {policyWords(pagePolicies['/admin/sign-out']).join(', ')}. You may have to sign in once
          more; what you typed is kept until then.
        </p>
      </form>
    </SectionCard>
  );
}

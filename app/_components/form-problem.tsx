import { type ErrorCode, publicText } from '#lib/errors.ts';

/** What is not in the words of the error itself. */
const outcome: Partial<Record<ErrorCode, string>> = {
  password_uncertain: 'We cannot tell whether that was done.',
};

const reason = (code: ErrorCode): string =>
  code === 'bad_request'
    ? 'Something is missing or too long. Please look at the fields again.'
    : publicText(code);

/** Why a form was not carried out. */
export function FormProblem({ code }: { code: ErrorCode | undefined }) {
  if (!code) return null;
  return (
    <p role="alert" className="mb-6 rounded-xl border border-alert/40 bg-alert-tint p-4 leading-relaxed">
      <strong className="text-alert">{outcome[code] ?? 'That was not done.'}</strong> {reason(code)}
    </p>
  );
}

'use client';

import { type FormEvent, useState } from 'react';
import { Field } from '#components/field.tsx';
import { TextArea } from '#components/text-area.tsx';
import { useHydrated } from '#components/use-hydrated.ts';
import { CallAnswer, CallOutcome } from './call-answer.tsx';
import { type CallAnswer as Answered, type Call, makeCall } from './make-call.ts';
import { useToken } from './token.tsx';

type State =
  | { kind: 'idle' | 'sending' | 'unreachable' | 'late' | 'unsendable' }
  | { kind: 'answered'; answer: Answered };

const failures = {
  unreachable:
    'Nothing came back: the network or the server is down. Nothing is known of what was carried out.',
  late: 'Nothing came back within 20 seconds. Nothing is known of what was carried out.',
  unsendable: 'That cannot be sent: a header field or the token holds a character that none may have.',
} as const;

function failureOf(error: unknown): State {
  if (error instanceof DOMException && error.name === 'TimeoutError') return { kind: 'late' };
  const inHeader = error instanceof TypeError && /header|ByteString|ISO-8859-1/i.test(error.message);
  return { kind: inHeader ? 'unsendable' : 'unreachable' };
}

/**
 * Fields for what an operation takes, and what it answers. They are there from the start, so that nothing jumps, and can
 * be used once a script stands behind them.
 */
export function TryCall({ call }: { call: Call }) {
  const readToken = useToken();
  const [state, setState] = useState<State>({ kind: 'idle' });
  const hydrated = useHydrated();
  const sending = state.kind === 'sending';

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sending) return;
    const typed = new FormData(event.currentTarget);
    setState({ kind: 'sending' });
    setState(
      await makeCall(call, typed, readToken()).then(
        (answer): State => ({ kind: 'answered', answer }),
        failureOf,
      ),
    );
  }

  return (
    <form onSubmit={send} aria-label={`Try ${call.id}`} className="border-t border-edge pt-6 noscript:hidden">
      <fieldset disabled={!hydrated} className="min-w-0 space-y-4">
        <div>
          <h4 className="font-semibold">Try it</h4>
          {call.method !== 'GET' && (
            <p className="text-sm text-quiet">It is carried out: this is no rehearsal.</p>
          )}
        </div>
        {call.parameters.map(({ name, in: place, required, type, example }) => (
          <Field
            key={`${place} ${name}`}
            label={name}
            hint={required ? type : `${type}, optional`}
            name={name}
            required={required}
            placeholder={example}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        ))}
        {call.body !== undefined && (
          <TextArea
            code
            label="Body"
            name="body"
            defaultValue={call.body}
            rows={Math.min(12, call.body.split('\n').length + 1)}
            spellCheck={false}
            autoComplete="off"
          />
        )}
        <button type="submit" className="button-primary" aria-disabled={sending}>
          {sending ? 'Waiting for the answer…' : `Send ${call.method}`}
        </button>
        <div role="status">{state.kind === 'answered' && <CallOutcome answer={state.answer} />}</div>
        {state.kind === 'answered' && <CallAnswer id={call.id} answer={state.answer} />}
        {state.kind in failures && (
          <p role="alert" className="rounded-xl border border-alert/40 bg-alert-tint p-4 leading-relaxed">
            {failures[state.kind as keyof typeof failures]}
          </p>
        )}
      </fieldset>
    </form>
  );
}

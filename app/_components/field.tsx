import type { ComponentProps } from 'react';
import { Labelled } from './labelled.tsx';

type Props = Omit<ComponentProps<'input'>, 'id' | 'className'> & {
  label: string;
  /** What helps to fill it in. */
  hint?: string;
  /** Whether what was sent is why the form was not carried out. */
  wrong?: boolean;
};

/** A labelled field of a form. */
export function Field({ label, hint, wrong = false, ...input }: Props) {
  return (
    <Labelled label={label} hint={hint}>
      {(field) => <input {...field} className="field mt-1.5" aria-invalid={wrong || undefined} {...input} />}
    </Labelled>
  );
}

import type { ComponentProps } from 'react';
import { Labelled } from './labelled.tsx';

type Props = Omit<ComponentProps<'textarea'>, 'id' | 'className'> & {
  label: string;
  /** What helps to fill it in. */
  hint?: string;
  /** Whether it is for what machines read. */
  code?: boolean;
};

/** A labelled field of a form for several lines. */
export function TextArea({ label, hint, code = false, ...area }: Props) {
  return (
    <Labelled label={label} hint={hint}>
      {(field) => (
        <textarea
          {...field}
          className={`field mt-1.5 block ${code ? 'font-mono text-sm' : 'leading-relaxed'}`}
          {...area}
        />
      )}
    </Labelled>
  );
}

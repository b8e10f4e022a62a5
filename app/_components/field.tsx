import { type ComponentProps, useId } from 'react';

type Props = Omit<ComponentProps<'input'>, 'id' | 'className'> & {
  label: string;
  /** What helps to fill it in. */
  hint?: string;
  /** Whether what was sent is why the form was not carried out. */
  wrong?: boolean;
};

/** A labelled field of a form. */
export function Field({ label, hint, wrong = false, ...input }: Props) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-quiet">
          {hint}
        </p>
      )}
      <input
        id={id}
        className="field mt-1.5"
        aria-describedby={hint && `${id}-hint`}
        aria-invalid={wrong || undefined}
        {...input}
      />
    </div>
  );
}

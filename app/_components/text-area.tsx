import { type ComponentProps, useId } from 'react';

type Props = Omit<ComponentProps<'textarea'>, 'id' | 'className'> & {
  label: string;
  /** What helps to fill it in. */
  hint?: string;
};

/** A labelled field of a form for several lines. */
export function TextArea({ label, hint, ...area }: Props) {
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
      <textarea
        id={id}
        className="field mt-1.5 block leading-relaxed"
        aria-describedby={hint && `${id}-hint`}
        {...area}
      />
    </div>
  );
}

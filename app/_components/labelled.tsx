import { type ReactNode, useId } from 'react';

type Props = {
  label: string;
  /** What helps to fill it in. */
  hint?: string | undefined;
  /** @param field ties the field to its label and its hint */
  children: (field: { id: string; 'aria-describedby': string | undefined }) => ReactNode;
};

/** The label of one field of a form, and its hint, above the field. */
export function Labelled({ label, hint, children }: Props) {
  const id = useId();
  const hintId = hint && `${id}-hint`;
  return (
    <div>
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {hint && (
        <p id={hintId} className="text-sm text-quiet">
          {hint}
        </p>
      )}
      {children({ id, 'aria-describedby': hintId })}
    </div>
  );
}

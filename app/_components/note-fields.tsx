import { Field } from './field.tsx';
import { TextArea } from './text-area.tsx';

/**
 * What a note is made of. No `maxLength`: browsers count an emoji twice, and cut off what is pasted without a word.
 * @param note what the fields begin with
 */
export function NoteFields({ note }: { note?: { title?: string | undefined; text?: string | undefined } }) {
  return (
    <>
      <Field
        label="Title"
        hint="Up to 200 characters."
        name="title"
        autoComplete="off"
        dir="auto"
        required
        defaultValue={note?.title}
      />
      <TextArea
        label="Text"
        hint="Up to 10,000 characters."
        name="text"
        autoComplete="off"
        dir="auto"
        rows={10}
        defaultValue={note?.text}
      />
    </>
  );
}

import { Fragment } from 'react';
import { Identifier } from '#components/identifier.tsx';

/** Text of the document; of its Markdown, only what stands between backticks is used. */
export function Words({ children }: { children: string }) {
  return children.split('`').map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name, and never move.
    <Fragment key={index}>{index % 2 === 1 ? <Identifier>{part}</Identifier> : part}</Fragment>
  ));
}

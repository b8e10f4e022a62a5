type Props = {
  /** What a page says after each of the things that its forms do, by the word that they put into its address. */
  texts: Readonly<Record<string, string>>;
  /** That word, as it came in. */
  done: unknown;
};

/** Says that something was carried out; nothing for a word that the page does not know. */
export function DoneNotice({ texts, done }: Props) {
  if (typeof done !== 'string' || !Object.hasOwn(texts, done)) return null;
  return (
    <p
      role="status"
      className="mb-6 rounded-xl border border-teal/40 bg-teal-tint p-4 leading-relaxed text-teal-deep"
    >
      {texts[done]}
    </p>
  );
}

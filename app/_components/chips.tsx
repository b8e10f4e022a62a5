/** Names as a row of chips, or a sentence when there are none. */
export function Chips({ names, none }: { names: readonly string[]; none: string }) {
  if (names.length === 0) return <p className="text-quiet">{none}</p>;
  return (
    <ul className="flex flex-wrap gap-2">
      {names.map((name) => (
        <li
          key={name}
          className="max-w-full rounded-xl bg-teal-tint px-3.5 py-1 text-sm leading-6 wrap-anywhere text-teal-deep"
        >
          {name}
        </li>
      ))}
    </ul>
  );
}

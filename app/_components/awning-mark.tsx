/** The mark: a striped awning on two poles. Decoration; the name always stands beside it. */
export function AwningMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <path d="M5 16v12M27 16v12M3 28h26" className="stroke-teal" strokeWidth="2" strokeLinecap="round" />
      <path
        d="M10.6 5h3.6l-1 10a2.8 2.8 0 0 1-5.6 0ZM17.8 5h3.6l3 10a2.8 2.8 0 0 1-5.6 0Z"
        className="fill-canvas"
      />
      <path
        d="M7 5h3.6l-3 10A2.8 2.8 0 0 1 2 15ZM14.2 5h3.6l1 10a2.8 2.8 0 0 1-5.6 0ZM21.4 5H25l5 10a2.8 2.8 0 0 1-5.6 0Z"
        className="fill-teal"
      />
      <circle cx="16" cy="23.5" r="2.25" className="fill-coral" />
    </svg>
  );
}

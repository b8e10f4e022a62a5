/** A padlock as large as the text around it. Decoration: say in words what it means. */
export function LockIcon() {
  return (
    <svg viewBox="0 0 16 16" className="size-[0.9em] shrink-0" aria-hidden="true" focusable="false">
      <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <rect x="3" y="7" width="10" height="7.5" rx="2" fill="currentColor" />
    </svg>
  );
}

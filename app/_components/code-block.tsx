type Props = { label: string; className?: string; children: string };

/** Text as machines write it. It can be scrolled by keyboard, and is named for who cannot see where it stands. */
export function CodeBlock({ label, className = '', children }: Props) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, a long text cannot be scrolled by keyboard.
      tabIndex={0}
      className={`max-h-96 overflow-auto rounded-xl bg-sunken p-4 ${className}`}
    >
      <pre className="font-mono text-sm leading-6 wrap-anywhere whitespace-pre-wrap">{children}</pre>
    </section>
  );
}

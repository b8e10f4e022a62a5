const colours: Readonly<Record<string, string>> = {
  GET: 'bg-teal-tint text-teal-deep',
  DELETE: 'bg-alert-tint text-alert',
};

export function MethodBadge({ children }: { children: string }) {
  return (
    <span
      className={`inline-block rounded-lg px-2 py-0.5 font-mono text-sm font-semibold ${colours[children] ?? 'bg-canvas text-ink'}`}
    >
      {children}
    </span>
  );
}

/** A name that machines gave: set in a fixed width, and broken anywhere rather than cut. */
export function Identifier({ children }: { children: string }) {
  return <code className="font-mono text-sm wrap-anywhere">{children}</code>;
}

/** The scalloped hem along the top of every page. */
export function AwningEdge() {
  return (
    <svg className="block h-4 w-full" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="awning-edge" width="48" height="16" patternUnits="userSpaceOnUse">
          <path d="M0 0h24v4a12 12 0 0 1-24 0Z" className="fill-teal" />
          <path d="M24 0h24v4a12 12 0 0 1-24 0Z" className="fill-canvas" />
        </pattern>
      </defs>
      <rect width="100%" height="16" fill="url(#awning-edge)" />
    </svg>
  );
}

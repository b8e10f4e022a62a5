import { currentRequest } from '#lib/request-scope.ts';

/** Small print for whoever asks for help: what finds this request again in the log and the traces. */
export function RequestReference() {
  const id = currentRequest();
  if (!id) return null;
  return (
    <p className="text-sm">
      Reference <code className="font-mono">{id}</code>
    </p>
  );
}

'use client';

import { useState } from 'react';
import { useHydrated } from './use-hydrated.ts';

const words = { copied: 'Copied.', failed: 'Your browser did not let this page copy.' };

/** Puts a text into the clipboard. Without a script there is no button. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const hydrated = useHydrated();
  const [outcome, setOutcome] = useState<keyof typeof words>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-4">
      {hydrated && (
        <button type="button" className="button-quiet" onClick={copy}>
          {children}
        </button>
      )}
      <p role="status" className="text-quiet">
        {outcome && words[outcome]}
      </p>
    </div>
  );
}

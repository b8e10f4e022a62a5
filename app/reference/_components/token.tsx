'use client';

import { createContext, type ReactNode, type RefObject, useContext, useId, useRef } from 'react';
import { useHydrated } from '#components/use-hydrated.ts';

const TokenField = createContext<RefObject<HTMLInputElement | null> | undefined>(undefined);

/** @returns reads the token that is in the page's field at the moment; it is kept nowhere else */
export function useToken(): () => string {
  const field = useContext(TokenField);
  return () => field?.current?.value.trim() ?? '';
}

/** Whatever is inside can use one token, that of the field. */
export function TokenScope({ children }: { children: ReactNode }) {
  return <TokenField value={useRef<HTMLInputElement>(null)}>{children}</TokenField>;
}

/**
 * Without a name and outside of any form, so that nothing sends it but a call. React would write the value of a field
 * that it controls into the document, so this one is left to the browser.
 */
export function TokenInput() {
  const id = useId();
  const field = useContext(TokenField);
  const hydrated = useHydrated();
  return (
    <div className="mt-6 max-w-xl noscript:hidden">
      <label htmlFor={id} className="font-semibold">
        Token
      </label>
      <p id={`${id}-hint`} className="text-sm text-quiet">
        For the calls that you try on this page. It stays in this field and is gone when you leave.
      </p>
      <input
        id={id}
        ref={field}
        disabled={!hydrated}
        type="password"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="field mt-1.5 font-mono"
        aria-describedby={`${id}-hint`}
      />
    </div>
  );
}

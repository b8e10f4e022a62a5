import { useSyncExternalStore } from 'react';

const nothingToWatch = () => () => {};

/** @returns false on the server and while the page becomes alive: what needs a script cannot be used before it works */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    nothingToWatch,
    () => true,
    () => false,
  );

import { useSyncExternalStore } from 'react';

const nothingToWatch = () => () => {};

/** @returns false on the server and while the page becomes alive: what needs a script is not shown before it can work */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    nothingToWatch,
    () => true,
    () => false,
  );

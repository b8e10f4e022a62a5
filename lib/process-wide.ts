import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One value for the whole process. Next.js loads a module anew for pages, for route handlers and at start, and runs the
 * middleware in a sandbox with globals of its own. The one object that all of them are given is this class of Node.js's:
 * what has to be shared between them hangs on it, because it cannot be a variable of a module or a global.
 * @param create makes the value when it is first asked for
 */
export function processWide<Value>(name: string, create: () => Value): Value {
  const values = AsyncLocalStorage as unknown as Record<string, Value | undefined>;
  const key = `cabana.${name}`;
  values[key] ??= create();
  return values[key];
}

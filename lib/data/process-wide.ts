/**
 * One value for the whole process. Next.js loads a module anew for pages, for route handlers and at start; what has to
 * be shared between them cannot be a variable of a module.
 * @param create makes the value when it is first asked for
 */
export function processWide<Value>(name: string, create: () => Value): Value {
  const values = globalThis as unknown as Record<symbol, Value | undefined>;
  const key = Symbol.for(`cabana.${name}`);
  values[key] ??= create();
  return values[key];
}

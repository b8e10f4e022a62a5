import type { AuthenticationMethod } from '../model/authentication-methods.ts';

/** The methods of a sign-in as one column keeps them. */
export function methodsText(methods: readonly AuthenticationMethod[]): string {
  return methods.join(' ');
}

/** The methods of a column that {@link methodsText} has written. */
export function readMethods(column: unknown): AuthenticationMethod[] {
  return String(column)
    .split(' ')
    .filter((method): method is AuthenticationMethod => method !== '');
}

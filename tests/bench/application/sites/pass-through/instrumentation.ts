/** Nothing. Without this file Turbopack takes the application's own, from a folder above. */
export function register(): void {}

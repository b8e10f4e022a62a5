// Lambda looks for a handler only in JavaScript files; Node 24 then reads the TypeScript that this one imports.
export { handler } from './pre-token-generation.ts';

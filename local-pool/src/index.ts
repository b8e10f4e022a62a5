export { type Clock, settableClock } from './clock.ts';
export { StartError } from './errors.ts';
export { type LocalPoolOptions, type RunningLocalPool, startLocalPool } from './start.ts';

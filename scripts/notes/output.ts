/** A result: standard output, for people and for pipes. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What goes on: standard error, out of the way of results. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`);

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Failure } from './failure.ts';

let piped: AsyncIterator<string> | undefined;

/** The next line of what is piped in. */
async function nextLine(question: string): Promise<string> {
  piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { done, value } = await piped.next();
  if (done) throw new Failure(`There is no answer to "${question}": standard input has ended.`);
  return value;
}

/**
 * Asks a person at the terminal, or reads the next line of standard input. Never the command line, which every program
 * on the machine can read.
 * @param hidden whether what is typed stays invisible
 * @throws Failure when there is nobody to answer
 */
export async function ask(question: string, { hidden = false } = {}): Promise<string> {
  if (!process.stdin.isTTY) return await nextLine(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: hidden ? nowhere : process.stderr,
    terminal: true,
  });
  terminal.once('SIGINT', () => process.exit(130));
  if (hidden) process.stderr.write(`${question}: `);
  const answer = await terminal.question(hidden ? '' : `${question}: `);
  terminal.close();
  if (hidden) process.stderr.write('\n');
  return answer;
}

/** Closes standard input, which would keep the program from ending. */
export const endPrompts = (): void => void process.stdin.destroy();

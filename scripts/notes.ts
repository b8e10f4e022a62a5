import { CognitoFetchError } from '../lib/client/error.ts';
import { runCommand } from './notes/command-line.ts';
import { Failure } from './notes/failure.ts';
import { note } from './notes/output.ts';
import { endPrompts } from './notes/prompt.ts';
import { signedInFile } from './notes/signed-in.ts';

try {
  await runCommand(process.argv.slice(2), signedInFile());
} catch (error) {
  const foreseen = error instanceof Failure || error instanceof CognitoFetchError;
  note(foreseen ? error.message : `That was not foreseen: ${error}`);
  process.exitCode = 1;
} finally {
  endPrompts();
}

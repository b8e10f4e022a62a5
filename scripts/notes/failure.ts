/** What ends the program: one sentence for the person who called it. */
export class Failure extends Error {
  override name = 'Failure';
}

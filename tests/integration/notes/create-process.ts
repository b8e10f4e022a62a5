import { openDatabase } from '../../../lib/data/database.ts';
import { createNote } from '../../../lib/notes/create.ts';

/** A process of its own that writes the note it is told several times at once, and prints the ids it was answered. */
const { location, writer, note, key, times, now } = JSON.parse(process.argv[2] ?? '');
const database = openDatabase(location);
const notes = await Promise.all(
  Array.from({ length: times }, () => createNote(writer, note, key, now, database)),
);
process.stdout.write(JSON.stringify(notes.map(({ id }) => id)));
await database.close();

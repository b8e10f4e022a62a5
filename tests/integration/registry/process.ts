import { openDatabase } from '../../../lib/data/database.ts';

/** A process of its own that opens the database it is told, asks it once and says whether it answered. */
const database = openDatabase(JSON.parse(process.argv[2] ?? ''));
process.stdout.write(String(await database.reachable()));
await database.close();

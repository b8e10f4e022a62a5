import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Failure } from './failure.ts';
import * as notes from './note-commands.ts';
import { print } from './output.ts';
import { defaults, requireSafeAddress } from './settings.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { storedTokens } from './stored-tokens.ts';

const usage = `Usage:
  sign-in [--print | --headless] [--redirect loopback|scheme] [--username NAME]
          [--api URL] [--issuer URL] [--client ID]
  me                                     who is signed in
  list [--mine] [--limit N] [--cursor C] notes, newest first
  create --title T [--text T]
  show ID
  edit ID [--title T] [--text T]
  delete ID
  share ID GROUP [--end]                 with a group of yours, or no longer
  token                                  prints the access token, for curl
  sign-out`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

const options = {
  print: flag,
  headless: flag,
  redirect: { ...text, default: 'loopback' },
  username: text,
  api: { ...text, default: defaults.api },
  issuer: { ...text, default: defaults.issuer },
  client: { ...text, default: defaults.clientId },
  mine: flag,
  limit: text,
  cursor: text,
  title: text,
  text,
  end: flag,
} as const;

type Flags = ReturnType<typeof parse>['values'];
type OptionName = keyof typeof options;

interface Command {
  /** The names of what follows the command. */
  operands: readonly string[];
  flags: readonly OptionName[];
  run(file: string, operands: string[], flags: Flags): Promise<void>;
}

const defined = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const redirect = z.enum(['loopback', 'scheme']);

async function runSignIn(file: string, _: string[], flags: Flags): Promise<void> {
  const ways = (['print', 'headless'] as const).filter((name) => flags[name]);
  const kind = redirect.safeParse(flags.redirect);
  if (ways.length > 1) throw new Failure('Of --print and --headless, take one.');
  if (!kind.success) throw new Failure('--redirect must be loopback or scheme.');
  const settings = {
    api: requireSafeAddress('api', flags.api),
    issuer: requireSafeAddress('issuer', flags.issuer),
    clientId: flags.client,
  };
  await signIn(file, settings, {
    by: ways[0] ?? 'browser',
    redirect: kind.data,
    username: flags.username,
  });
}

const commands: Record<string, Command> = {
  'sign-in': {
    operands: [],
    flags: ['print', 'headless', 'redirect', 'username', 'api', 'issuer', 'client'],
    run: runSignIn,
  },
  me: { operands: [], flags: [], run: (file) => notes.me(file) },
  list: {
    operands: [],
    flags: ['mine', 'limit', 'cursor'],
    run: (file, _, { mine, limit, cursor }) =>
      notes.list(file, defined({ owner: mine ? 'me' : undefined, limit, cursor })),
  },
  create: {
    operands: [],
    flags: ['title', 'text'],
    run: (file, _, { title, text = '' }) => notes.create(file, { title, text }),
  },
  show: { operands: ['ID'], flags: [], run: (file, [id = '']) => notes.show(file, id) },
  edit: {
    operands: ['ID'],
    flags: ['title', 'text'],
    run: (file, [id = ''], { title, text }) => notes.edit(file, id, { title, text }),
  },
  delete: { operands: ['ID'], flags: [], run: (file, [id = '']) => notes.remove(file, id) },
  share: {
    operands: ['ID', 'GROUP'],
    flags: ['end'],
    run: (file, [id = '', group = ''], { end }) => notes.share(file, id, group, end),
  },
  token: {
    operands: [],
    flags: [],
    run: async (file) => print(await storedTokens(file).token(undefined)),
  },
  'sign-out': { operands: [], flags: [], run: (file) => signOut(file) },
};

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true, tokens: true });
  } catch (error) {
    // The first sentence says what was not understood; the rest is for programmers.
    throw new Failure(`${(error as Error).message.split('. ')[0]}.`);
  }
}

/**
 * Does what the command line says.
 * @param file where the tokens of this machine are
 * @throws Failure, CognitoFetchError
 */
export async function runCommand(args: string[], file: string): Promise<void> {
  const { values, positionals, tokens } = parse(args);
  const [name = '', ...operands] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Failure(usage);
  if (operands.length !== command.operands.length || operands.includes(''))
    throw new Failure(`${name} wants ${command.operands.join(' and ') || 'nothing'} after it.`);
  const foreign = tokens.find(
    (token) => token.kind === 'option' && !command.flags.includes(token.name as OptionName),
  );
  if (foreign?.kind === 'option') throw new Failure(`${name} takes no --${foreign.name}.`);
  await command.run(file, operands, values);
}

import { parseArgs } from 'node:util';
import { StartError } from './errors.ts';
import type { Quirks } from './quirks.ts';
import { type LocalPoolOptions, type RunningLocalPool, startLocalPool } from './start.ts';

const usage = `Flags:
  --port N                         the port, 9229; 0 = a free one
  --data DIR                       where everything is kept, .local-pool
  --template FILE                  a CloudFormation template, infra/template.yaml
  --users FILE                     users to create, infra/demonstration-users.yaml
  --parameter Name=Value           a parameter of the template, as often as needed
  --handlers DIR                   code of Lambda functions that only an ARN names
  --issuer local|aws               who tokens say they are from, local
  --access-token-validity SECONDS  for every app client, instead of what the template says
  --quirk leaked-nonce             an oddity of Cognito, switched on
  --help                           this list`;

const wrongFlag = (problem: string): StartError => new StartError(`${problem} --help lists all flags.`);

function wholeNumber(
  flag: string,
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw wrongFlag(`--${flag} takes a whole number from ${least} to ${most}.`);
}

function parameter(text: string): [string, string] {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw wrongFlag(`--parameter takes Name=Value.`);
  return [name, value];
}

function quirks(names: string[]): Quirks {
  const unknown = names.find((name) => name !== 'leaked-nonce');
  if (unknown !== undefined) throw wrongFlag(`--quirk takes leaked-nonce.`);
  return { leakedNonce: names.includes('leaked-nonce') };
}

function issuer(name: string | undefined): 'local' | 'aws' {
  if (name === undefined || name === 'local' || name === 'aws') return name ?? 'local';
  throw wrongFlag(`--issuer takes local or aws.`);
}

/** @returns undefined when only the list of flags is wanted */
function readFlags(): LocalPoolOptions | undefined {
  const text = { type: 'string' } as const;
  const options = {
    port: text,
    data: text,
    template: text,
    users: text,
    parameter: { type: 'string', multiple: true },
    'access-token-validity': text,
    handlers: text,
    issuer: text,
    quirk: { type: 'string', multiple: true },
    help: { type: 'boolean' },
  } as const;
  const { values } = (() => {
    try {
      return parseArgs({ options });
    } catch (error) {
      throw wrongFlag(error instanceof Error ? error.message : 'Unknown flag.');
    }
  })();
  if (values.help) return undefined;
  const port = wholeNumber('port', values.port, 0, 65_535);
  const accessTokenValidity = wholeNumber(
    'access-token-validity',
    values['access-token-validity'],
    1,
    86_400,
  );
  return {
    dataDir: values.data ?? '.local-pool',
    parameters: Object.fromEntries((values.parameter ?? []).map(parameter)),
    quirks: quirks(values.quirk ?? []),
    issuer: issuer(values.issuer),
    log: (line) => process.stderr.write(`${line}\n`),
    port: port ?? 9_229,
    ...(values.template !== undefined && { template: values.template }),
    ...(values.users !== undefined && { users: values.users }),
    ...(values.handlers !== undefined && { handlers: values.handlers }),
    ...(accessTokenValidity !== undefined && { accessTokenValidity }),
  };
}

function describe({ url, pool }: RunningLocalPool): string {
  const addresses = pool.userPools().map(({ id, name }) => `  ${name}: ${url}/${id}`);
  return [`The local pool is ready at ${url}`, ...addresses, `  inbox of sent codes: ${url}/inbox`, ''].join(
    '\n',
  );
}

async function run(options: LocalPoolOptions): Promise<void> {
  const running = await startLocalPool(options);
  process.stdout.write(describe(running));
  let closing = false;
  // Kept on: from a terminal the signal comes twice, by the process group and from the program that started this one.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (closing) return;
      closing = true;
      void running.close().then(() => process.exit(0));
    });
  }
}

try {
  const options = readFlags();
  if (options) await run(options);
  else process.stdout.write(`${usage}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

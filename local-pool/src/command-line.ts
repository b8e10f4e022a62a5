import { parseArgs } from 'node:util';
import { StartError } from './errors.ts';
import type { Quirks } from './quirks.ts';
import { type LocalPoolOptions, type RunningLocalPool, startLocalPool } from './start.ts';

const usage =
  'Flags: --port N  --data DIR  --template FILE  --users FILE  --parameter Name=Value  --access-token-validity SECONDS  --handlers DIR  --issuer local|aws  --quirk leaked-nonce';

function wholeNumber(
  flag: string,
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw new StartError(`--${flag} takes a whole number from ${least} to ${most}. ${usage}`);
}

function parameter(text: string): [string, string] {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new StartError(`--parameter takes Name=Value. ${usage}`);
  return [name, value];
}

function quirks(names: string[]): Quirks {
  const unknown = names.find((name) => name !== 'leaked-nonce');
  if (unknown !== undefined) throw new StartError(`--quirk takes leaked-nonce. ${usage}`);
  return { leakedNonce: names.includes('leaked-nonce') };
}

function issuer(name: string | undefined): 'local' | 'aws' {
  if (name === undefined || name === 'local' || name === 'aws') return name ?? 'local';
  throw new StartError(`--issuer takes local or aws. ${usage}`);
}

function readFlags(): LocalPoolOptions {
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
  } as const;
  const { values } = (() => {
    try {
      return parseArgs({ options });
    } catch (error) {
      throw new StartError(`${error instanceof Error ? error.message : 'Unknown flag.'} ${usage}`);
    }
  })();
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
    ...(port !== undefined && { port }),
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

try {
  const running = await startLocalPool(readFlags());
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
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

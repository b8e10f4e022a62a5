// Runs on the system's Node, before anything is installed: no dependency, no TypeScript, no recent syntax.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const installed = join(root, 'node_modules', '.cabana-installed');
const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
const entries = { pool: 'local-pool/src/main.ts' };

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  stop(
    `Cabana needs Node.js 20.9 or newer to start (it brings its own Node.js 24); this is ${process.versions.node}.`,
  );
}

function installWhenStale() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  process.stdout.write('Installing packages (a minute or so the first time) …\n');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(
    command,
    [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (result.status !== 0) stop('The packages could not be installed; npm says why above.');
  if (!existsSync(pinnedNode))
    stop('The pinned Node.js is missing: allow install scripts for the package "node" and try again.');
  writeFileSync(installed, wanted);
}

requireNode();
installWhenStale();

const [name, ...rest] = process.argv.slice(2);
const child = spawn(pinnedNode, [join(root, entries[name] || `scripts/${name}.ts`), ...rest], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(pinnedNode)}:${process.env.PATH}` },
});
// A terminal sends Ctrl-C to the whole process group; a signal sent to this process alone has to be passed on.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
// npm passes a signal on to the shell that it ran this in, and not every shell passes it on or waits.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM');
}, 500).unref();
child.on('exit', (code) => process.exit(code === null ? 1 : code));

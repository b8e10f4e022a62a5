import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { bin, say } from './processes.ts';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Chromium refuses its sandbox to root; the rest keeps it from looking for hosts that a test machine cannot reach. */
const systemBrowserArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface LaunchOptions {
  executablePath?: string;
  args: string[];
}

/** How to start a browser on this machine: Playwright's own where it is installed, the system's otherwise. */
export function browserLaunchOptions(): LaunchOptions | undefined {
  if (existsSync(chromium.executablePath())) return { args: systemBrowserArguments };
  const executablePath = systemBrowsers.find((path) => existsSync(path));
  return executablePath ? { executablePath, args: systemBrowserArguments } : undefined;
}

const succeeds = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit' }).status === 0;

/** Playwright's download first; where that is out of reach, Debian's package, which only root can install. */
export function ensureBrowser(): boolean {
  if (browserLaunchOptions()) return true;
  say('Installing a browser for the tests …');
  if (succeeds(process.execPath, [bin('@playwright/test', 'cli.js'), 'install', 'chromium'])) return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  say('Playwright could not download its browser; installing the system’s Chromium …');
  return succeeds('apt-get', ['update', '-qq']) && succeeds('apt-get', ['install', '-y', '-qq', 'chromium']);
}

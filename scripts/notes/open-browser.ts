import { spawn } from 'node:child_process';

const commands: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'open',
  linux: 'xdg-open',
};

/** Shows an address in the browser that the person uses anyway, if there is one; nothing tells for sure. */
export function openBrowser(address: string): void {
  const command = commands[process.platform];
  if (!command) return;
  const child = spawn(command, [address], { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}

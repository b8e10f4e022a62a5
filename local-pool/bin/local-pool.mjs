#!/usr/bin/env node
// Plain JavaScript, so that a Node.js which cannot run TypeScript still says so in a sentence.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) await import('../src/main.ts');
else {
  process.stderr.write(`The local pool needs Node.js 22.18 or later; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
}

import { enableCompileCache } from 'node:module';

// Before anything else is imported, because it halves the time that the rest takes at every start but the first.
enableCompileCache();
await import('./command-line.ts');

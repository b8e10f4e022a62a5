import { ConfigError, config } from './config.ts';

/**
 * Ends the process with exit code 1 when the configuration is wrong. Next.js would go on listening and answer every
 * visitor with an error.
 */
export function checkConfig(): void {
  try {
    config();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

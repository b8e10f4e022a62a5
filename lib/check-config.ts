import { type Config, ConfigError, config } from './config.ts';

/**
 * Ends the process with exit code 1 when the configuration is wrong. Next.js would go on listening and answer every
 * visitor with an error.
 * @returns the configuration
 */
export function checkConfig(): Config {
  try {
    return config();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}

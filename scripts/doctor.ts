import { parseArgs } from 'node:util';
import { ConfigError } from '../lib/config.ts';
import { type Deployment, examine } from './doctor/examine.ts';
import { type Finding, ok, problem } from './doctor/finding.ts';
import { countOf, jsonOf, lineOf, summaryOf } from './doctor/report.ts';
import { loadEnvironment } from './lib/environment.ts';
import { say, stop } from './lib/processes.ts';

function wantsJson(): boolean {
  try {
    return parseArgs({ options: { json: { type: 'boolean', default: false } } }).values.json;
  } catch {
    return stop('Flags: --json');
  }
}

/** What is configured, or every problem of it. */
function deployment(): Deployment | Finding[] {
  try {
    const { config, localPool } = loadEnvironment({ standIn: true });
    const credentials = localPool && { accessKeyId: 'local', secretAccessKey: 'local' };
    return { config, localPool: localPool?.url, credentials };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((text) => ({
      check: 'configuration',
      ...problem(text, 'See .env.example.'),
    }));
  }
}

async function* diagnose(): AsyncGenerator<Finding> {
  const configured = deployment();
  if (Array.isArray(configured)) return yield* configured;
  yield { check: 'configuration', ...ok(`the user pool is ${configured.config.userPoolId}`) };
  yield* examine(configured);
}

const json = wantsJson();
const findings: Finding[] = [];
for await (const finding of diagnose()) {
  findings.push(finding);
  if (!json) say(lineOf(finding));
}
say(json ? jsonOf(findings) : `\n${summaryOf(findings)}`);
process.exitCode = countOf(findings, 'problem') === 0 ? 0 : 1;

import { setTimeout } from 'node:timers/promises';
import { beforeEach } from 'vitest';
import { type LocalPoolChild, startLocalPoolChild } from './support/local-pool-child.ts';

const {
  CONTRACT_USER_POOL_ENDPOINT: userPoolEndpoint,
  CONTRACT_IDENTITY_POOL_ENDPOINT: identityPoolEndpoint,
  CONTRACT_STS_ENDPOINT: stsEndpoint,
  CONTRACT_REGION: region = 'us-east-1',
  CONTRACT_INBOX: inbox,
  CONTRACT_FUNCTION_ARN_PREFIX: functionArnPrefix,
  CONTRACT_FUNCTION_EVENTS: functionEvents,
  CONTRACT_ANY_ROLE: anyRole,
  AWS_ACCESS_KEY_ID,
} = process.env;

const isLocal = userPoolEndpoint === undefined;

/** What the suite can do with its target beyond calling it. */
const has = {
  /** Messages can be read, so codes are known. */
  inbox: isLocal || inbox !== undefined,
  /** The functions of `handlers/` stand behind ARNs. */
  functions: isLocal || functionArnPrefix !== undefined,
  /** What the functions were given can be read. */
  'function events': isLocal || functionEvents !== undefined,
  'clock that can be moved': isLocal,
  'identity pool endpoint': isLocal || identityPoolEndpoint !== undefined,
  'STS endpoint': isLocal || stsEndpoint !== undefined,
  /** It gives credentials for roles that nobody made. */
  'role of its own choice': isLocal || anyRole !== undefined,
} as const;

/** Skips the tests of a `describe` block, or of a file, that the target cannot serve, with the reason. */
export function requires(...capabilities: (keyof typeof has)[]): void {
  beforeEach(({ skip }) => {
    for (const capability of capabilities) skip(!has[capability], `The target has no ${capability}.`);
  });
}

/** Where the implementation under test is, and what there is to it. */
export interface Target {
  userPoolEndpoint: string;
  identityPoolEndpoint: string;
  stsEndpoint: string;
  region: string;
  /** The address of an `inbox.json`; empty = none. */
  inbox: string;
  /** Before the name of a function of `handlers/`; empty = none. */
  functionArnPrefix: string;
  /** A file of JSON lines, one for each event that a recording function was given; empty = none. */
  functionEvents: string;
  /** Lets seconds pass: by moving the target's clock, or in truth where that cannot be done. */
  pass(seconds: number): Promise<void>;
  /** The target's time in milliseconds. */
  now(): number;
  close(): Promise<void>;
}

/**
 * The target that the environment names, or a local pool in a process of its own.
 * @param issuer in whose name a local pool signs; another target has its own.
 */
export async function openTarget({ issuer = 'local' }: { issuer?: 'local' | 'aws' } = {}): Promise<Target> {
  if (AWS_ACCESS_KEY_ID === undefined && isLocal)
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  return isLocal ? ofLocalPool(await startLocalPoolChild(issuer)) : ofEnvironment(userPoolEndpoint);
}

function ofLocalPool(child: LocalPoolChild): Target {
  let moved = 0;
  return {
    userPoolEndpoint: child.url,
    identityPoolEndpoint: child.url,
    stsEndpoint: child.url,
    region,
    inbox: `${child.url}/inbox.json`,
    functionArnPrefix: `arn:aws:lambda:${region}:000000000000:function:`,
    functionEvents: child.functionEvents,
    async pass(seconds) {
      await child.advance(seconds);
      moved += seconds * 1000;
    },
    now: () => Date.now() + moved,
    close: () => child.close(),
  };
}

function ofEnvironment(endpoint: string): Target {
  return {
    userPoolEndpoint: endpoint.replace(/\/$/, ''),
    identityPoolEndpoint: identityPoolEndpoint ?? '',
    stsEndpoint: stsEndpoint ?? '',
    region,
    inbox: inbox ?? '',
    functionArnPrefix: functionArnPrefix ?? '',
    functionEvents: functionEvents ?? '',
    pass: (seconds) => setTimeout(seconds * 1000),
    now: () => Date.now(),
    close: async () => {},
  };
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from './aws-json/answer.ts';
import type { Operation } from './aws-json/operation.ts';

type OperationModule = { operation: Operation };

/** An operation is the file of its name, read when it is first called: a start need not wait for all of them. */
function service(
  targetPrefix: string,
  folder: string,
  load: (name: string) => Promise<OperationModule>,
): Service {
  const names = new Set(
    readdirSync(join(import.meta.dirname, folder))
      .filter((file) => /^[A-Z]\w+\.ts$/.test(file))
      .map((file) => file.slice(0, -'.ts'.length)),
  );
  const loaded = new Map<string, Promise<Operation>>();
  return {
    targetPrefix,
    find(name) {
      const known = loaded.get(name);
      if (known || !names.has(name)) return known;
      const operation = load(name).then((module) => module.operation);
      loaded.set(name, operation);
      return operation;
    },
  };
}

/** The AWS JSON APIs of the local pool: one file per operation, named as on the wire. */
export const services: readonly Service[] = [
  service(
    'AWSCognitoIdentityProviderService',
    'user-pool-api',
    (name): Promise<OperationModule> => import(`./user-pool-api/${name}.ts`),
  ),
  service(
    'AWSCognitoIdentityService',
    'identity-pool-api',
    (name): Promise<OperationModule> => import(`./identity-pool-api/${name}.ts`),
  ),
];

import { basename } from 'node:path';
import type { z } from 'zod';
import { StartError } from '../errors.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { parseTemplate } from './parse-template.ts';
import { readText } from './read-text.ts';
import { type Entry, type Handle, handleOf, withNames } from './resource-handles.ts';
import { firstProblem, readDocument, scopeOf } from './template-document.ts';

/** What AWS needs around a trigger, and a local process does not. */
const withoutEffect = [
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
];

/** A resource of the template with its functions resolved and its properties checked. */
export interface TemplateResource<Properties> extends Handle {
  logicalId: string;
  properties: Properties;
}

/** Gives the resources of a template by type, and knows which of them nobody asked for. */
export class TemplateReader {
  readonly #entries: Entry[];
  readonly #scope: Scope;
  readonly #read = new Set<string>();

  constructor(entries: Entry[], scope: Scope) {
    this.#entries = entries;
    this.#scope = scope;
    for (const [logicalId, { Type }] of entries) if (withoutEffect.includes(Type)) this.#read.add(logicalId);
  }

  /**
   * Every resource of a type.
   * @throws StartError naming the resource and property that do not fit the schema
   */
  all<Properties>(type: string, schema: z.ZodType<Properties>): TemplateResource<Properties>[] {
    return this.#entries
      .filter(([, { Type }]) => Type === type)
      .map(([logicalId, resource]) => {
        this.#read.add(logicalId);
        const given = { ...resource.Properties, ...resource.Metadata?.LocalPool?.Properties };
        const resolved = resolve(given, this.#scope, logicalId);
        const result = schema.safeParse(resolved);
        if (!result.success) throw firstProblem(result.error, logicalId);
        const handle = this.#scope.resources.get(logicalId) ?? { ref: logicalId, attributes: {} };
        return { logicalId, ...handle, properties: result.data };
      });
  }

  /** @throws StartError naming the first resource that nobody asked for */
  requireAllRead(): void {
    const left = this.#entries.find(([logicalId]) => !this.#read.has(logicalId));
    if (left)
      throw new StartError(
        `${left[0]}: the resource type ${left[1].Type} cannot be honoured by the local pool.`,
      );
  }
}

/**
 * Opens a template: parses it, evaluates parameters and conditions, and gives every resource its ID.
 * @param parameters values for the template's parameters, by name
 * @throws StartError naming the place
 */
export function readTemplate(
  file: string,
  parameters: Readonly<Record<string, string>>,
  stackName: string,
): TemplateReader {
  const template = readDocument(parseTemplate(readText(file), file), basename(file));
  const scope = scopeOf(template, parameters, stackName);
  const entries = Object.entries(template.Resources).filter(([logicalId, { Condition }]) => {
    const wanted = Condition === undefined || scope.conditions.get(Condition);
    if (wanted === undefined)
      throw new StartError(`${logicalId}.Condition: there is no condition ${Condition}.`);
    return wanted;
  });
  const ids = new Map(
    entries.map(([logicalId, resource]) => [logicalId, handleOf(logicalId, resource, stackName)]),
  );
  return new TemplateReader(entries, { ...scope, resources: withNames(ids, entries, scope) });
}

import { z } from 'zod';
import { StartError } from '../errors.ts';
import { accountId, region } from './identifiers.ts';
import { resolve, type Scope } from './intrinsics.ts';
import type { TemplateValue } from './parse-template.ts';

const value = z.custom<TemplateValue>((candidate) => candidate !== undefined);

const parameter = z.looseObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number()]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number()])).optional(),
  AllowedPattern: z.string().optional(),
  MinValue: z.number().optional(),
  MaxValue: z.number().optional(),
});

/** What the local pool is told beside the template, whose properties are CloudFormation's. */
const localPool = z.strictObject({
  Id: z.string().optional(),
  ClientId: z.string().optional(),
  ClientSecret: z.string().optional(),
  Properties: z.record(z.string(), value).optional(),
});

const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), value).default({}),
  Metadata: z.looseObject({ LocalPool: localPool.optional() }).optional(),
  Condition: z.string().optional(),
  DependsOn: z.unknown().optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const document = z.strictObject({
  AWSTemplateFormatVersion: z.unknown().optional(),
  Description: z.string().optional(),
  Metadata: z.unknown().optional(),
  Parameters: z.record(z.string(), parameter).default({}),
  Mappings: value.default({}),
  Conditions: z.record(z.string(), value).default({}),
  Resources: z.record(z.string(), resource),
  Outputs: z.unknown().optional(),
});

export type Resource = z.infer<typeof resource>;
export type TemplateDocument = z.infer<typeof document>;

/** Names the first thing that is wrong, as a place in the template. */
export function firstProblem(error: z.ZodError, place: string): StartError {
  const [issue] = error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [place, ...(issue?.path ?? []), ...(unknown ? [unknown] : [])].join('.');
  return new StartError(`${path}: ${unknown ? 'cannot be honoured by the local pool' : reason(issue)}.`);
}

/** The shapes of the API carry their pattern for a message. */
function reason(issue: z.core.$ZodIssue | undefined): string {
  const isPattern = issue?.code === 'invalid_format' && issue.pattern?.includes(issue.message);
  return isPattern ? `must match ${issue.message}` : (issue?.message ?? 'is wrong');
}

/** @throws StartError naming the place */
export function readDocument(parsed: TemplateValue, file: string): TemplateDocument {
  const result = document.safeParse(parsed);
  if (!result.success) throw firstProblem(result.error, file);
  return result.data;
}

function parameterValue(
  name: string,
  definition: z.infer<typeof parameter>,
  given: string | undefined,
): TemplateValue {
  const chosen = given ?? definition.Default;
  if (chosen === undefined)
    throw new StartError(`Parameters.${name}: has no default and no value was given.`);
  const refuse = (reason: string) => new StartError(`Parameters.${name}: ${chosen} ${reason}.`);
  const { AllowedValues, AllowedPattern, MinValue = -Infinity, MaxValue = Infinity } = definition;
  if (AllowedValues && !AllowedValues.map(String).includes(String(chosen)))
    throw refuse(`is none of ${AllowedValues.join(', ')}`);
  if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(String(chosen)))
    throw refuse(`does not match ${AllowedPattern}`);
  if (definition.Type === 'Number' && !(Number(chosen) >= MinValue && Number(chosen) <= MaxValue))
    throw refuse('is out of range');
  return definition.Type === 'CommaDelimitedList' ? String(chosen).split(',') : String(chosen);
}

function pseudoParameters(stackName: string): [string, TemplateValue][] {
  return [
    ['AWS::Region', region],
    ['AWS::AccountId', accountId],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', stackName],
    ['AWS::StackId', `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`],
  ];
}

/**
 * The values of parameters and conditions. Conditions may use each other in any order (CloudFormation: Conditions).
 * @throws StartError for a parameter that is missing, unknown or not allowed, and for conditions in a circle
 */
export function scopeOf(
  template: TemplateDocument,
  given: Readonly<Record<string, string>>,
  stackName: string,
): Omit<Scope, 'resources'> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(template.Parameters, name));
  if (unknown) throw new StartError(`Parameters.${unknown}: the template has no such parameter.`);
  const parameters = Object.entries(template.Parameters).map(
    ([name, definition]) => [name, parameterValue(name, definition, given[name])] as const,
  );
  const values = new Map<string, TemplateValue>([...pseudoParameters(stackName), ...parameters]);
  return { values, conditions: new Conditions(template, values), mappings: template.Mappings };
}

/** Conditions, evaluated when they are asked for. */
class Conditions extends Map<string, boolean> {
  readonly #template: TemplateDocument;
  readonly #values: ReadonlyMap<string, TemplateValue>;
  readonly #underway = new Set<string>();

  constructor(template: TemplateDocument, values: ReadonlyMap<string, TemplateValue>) {
    super();
    this.#template = template;
    this.#values = values;
  }

  override get(name: string): boolean | undefined {
    const definition = this.#template.Conditions[name];
    if (definition === undefined || this.has(name)) return super.get(name);
    if (this.#underway.has(name)) throw new StartError(`Conditions.${name}: depends on itself.`);
    this.#underway.add(name);
    const scope = {
      values: this.#values,
      resources: new Map(),
      conditions: this,
      mappings: this.#template.Mappings,
    };
    const value = resolve(definition, scope, `Conditions.${name}`);
    if (typeof value !== 'boolean') throw new StartError(`Conditions.${name}: is not a condition.`);
    this.set(name, value);
    return value;
  }
}

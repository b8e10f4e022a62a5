import { StartError } from '../errors.ts';
import type { TemplateValue } from './parse-template.ts';

/** What the functions of a template can refer to. */
export interface Scope {
  /** Parameters and pseudo parameters. */
  values: ReadonlyMap<string, TemplateValue>;
  /** What `Ref` and `Fn::GetAtt` of a resource give. */
  resources: ReadonlyMap<string, { ref: string; attributes: Readonly<Record<string, string>> }>;
  conditions: ReadonlyMap<string, boolean>;
  mappings: TemplateValue;
}

/** `AWS::NoValue`: the member or item that holds it is left out. */
const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = TemplateValue | typeof NO_VALUE;

type IntrinsicFunction = (argument: TemplateValue, scope: Scope, place: string) => Resolved;

const unusable = (place: string, reason: string): StartError => new StartError(`${place}: ${reason}.`);

function list(argument: TemplateValue, place: string, length?: number): TemplateValue[] {
  if (Array.isArray(argument) && (length === undefined || argument.length === length)) return argument;
  throw unusable(place, length ? `a list of ${length} values is expected` : 'a list is expected');
}

function text(value: TemplateValue, place: string): string {
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  throw unusable(place, 'a text is expected');
}

function ref(argument: TemplateValue, scope: Scope, place: string): Resolved {
  const name = text(argument, place);
  if (name === 'AWS::NoValue') return NO_VALUE;
  const value = scope.values.get(name) ?? scope.resources.get(name)?.ref;
  if (value === undefined) throw unusable(place, `there is no parameter or resource ${name}`);
  return value;
}

function getAtt(argument: TemplateValue, scope: Scope, place: string): Resolved {
  const [name, attribute] = (
    typeof argument === 'string' ? argument.split(/\.(.*)/s) : list(argument, place)
  ).map((part) => text(part, place));
  const value = scope.resources.get(name ?? '')?.attributes[attribute ?? ''];
  if (value === undefined)
    throw unusable(place, `Fn::GetAtt ${name}.${attribute} is not known to the local pool`);
  return value;
}

function sub(argument: TemplateValue, scope: Scope, place: string): Resolved {
  const [template, own] = typeof argument === 'string' ? [argument, {}] : list(argument, place, 2);
  const variables = new Map(Object.entries((own ?? {}) as Record<string, TemplateValue>));
  return text(template ?? '', place).replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const variable = variables.get(name);
    if (variable !== undefined) return text(resolve(variable, scope, place), place);
    const value = name.includes('.') ? getAtt(name, scope, place) : ref(name, scope, place);
    return value === NO_VALUE ? whole : text(value, place);
  });
}

function findInMap(argument: TemplateValue, scope: Scope, place: string): Resolved {
  const path = list(argument, place, 3).map((part) => text(resolve(part, scope, place), place));
  let found: TemplateValue | undefined = scope.mappings;
  for (const key of path) found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  if (found === undefined) throw unusable(place, `Fn::FindInMap finds nothing at ${path.join('.')}`);
  return found;
}

const condition = (argument: TemplateValue, scope: Scope, place: string): boolean => {
  const value =
    typeof argument === 'string' ? scope.conditions.get(argument) : resolve(argument, scope, place);
  if (typeof value !== 'boolean') throw unusable(place, 'a condition is expected');
  return value;
};

const functions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: ref,
  Condition: condition,
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::FindInMap': findInMap,
  'Fn::If': (argument, scope, place) => {
    const [name, whenTrue, whenFalse] = list(argument, place, 3);
    return resolveOrNothing(
      (condition(name ?? null, scope, place) ? whenTrue : whenFalse) ?? null,
      scope,
      place,
    );
  },
  'Fn::Equals': (argument, scope, place) => {
    const [left, right] = list(argument, place, 2).map((value) => text(resolve(value, scope, place), place));
    return left === right;
  },
  'Fn::Not': (argument, scope, place) => !condition(list(argument, place, 1)[0] ?? null, scope, place),
  'Fn::And': (argument, scope, place) =>
    list(argument, place).every((value) => condition(value, scope, place)),
  'Fn::Or': (argument, scope, place) => list(argument, place).some((value) => condition(value, scope, place)),
  'Fn::Join': (argument, scope, place) => {
    const [separator, parts] = list(argument, place, 2);
    return list(resolve(parts ?? null, scope, place), place)
      .map((part) => text(part, place))
      .join(text(separator ?? null, place));
  },
  'Fn::Split': (argument, scope, place) => {
    const [separator, whole] = list(argument, place, 2);
    return text(resolve(whole ?? null, scope, place), place).split(text(separator ?? null, place));
  },
  'Fn::Select': (argument, scope, place) => {
    const [index, values] = list(argument, place, 2);
    const chosen = list(resolve(values ?? null, scope, place), place)[
      Number(resolve(index ?? null, scope, place))
    ];
    if (chosen === undefined) throw unusable(place, 'Fn::Select is out of range');
    return chosen;
  },
};

const isMap = (value: TemplateValue | undefined): value is { [name: string]: TemplateValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function resolveOrNothing(value: TemplateValue, scope: Scope, place: string): Resolved {
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolveOrNothing(item, scope, `${place}[${index}]`))
      .filter((item) => item !== NO_VALUE);
  }
  if (!isMap(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (
    name !== undefined &&
    others.length === 0 &&
    (Object.hasOwn(functions, name) || name.startsWith('Fn::'))
  ) {
    const call = functions[name];
    if (!call) throw unusable(place, `the function ${name} cannot be honoured by the local pool`);
    return call(value[name] ?? null, scope, place);
  }
  const members = Object.entries(value).map(
    ([member, content]) => [member, resolveOrNothing(content, scope, `${place}.${member}`)] as const,
  );
  return Object.fromEntries(
    members.filter((entry): entry is [string, TemplateValue] => entry[1] !== NO_VALUE),
  );
}

/**
 * Replaces every intrinsic function of a value (CloudFormation: intrinsic function reference).
 * @param place where the value stands, for messages: `WebClient.CallbackURLs`
 * @throws StartError naming the place
 */
export function resolve(value: TemplateValue, scope: Scope, place: string): TemplateValue {
  const resolved = resolveOrNothing(value, scope, place);
  return resolved === NO_VALUE ? null : resolved;
}

import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { StartError } from '../errors.ts';

/** A template as plain data, with every short form (`!Ref x`) written out (`{ Ref: x }`). */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | TemplateValue[]
  | { [name: string]: TemplateValue };

const withoutPrefix = ['Ref', 'Condition'];

/**
 * Parses YAML or JSON with CloudFormation's short tags (CloudFormation: intrinsic function reference).
 * @throws StartError for text that is no YAML
 */
export function parseTemplate(text: string, file: string): TemplateValue {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new StartError(`${file} is not valid YAML: ${error.message.split('\n')[0]}`);
  return jsonOf(document.contents, file);
}

function jsonOf(node: unknown, file: string): TemplateValue {
  if (isAlias(node)) throw new StartError(`${file}: YAML aliases are not supported by CloudFormation.`);
  const value = plainValue(node, file);
  const tag = (node as Node | null)?.tag;
  return tag?.startsWith('!') && !tag.startsWith('!!') ? longForm(tag.slice(1), value) : value;
}

function plainValue(node: unknown, file: string): TemplateValue {
  if (isMap(node)) {
    return Object.fromEntries(node.items.map(({ key, value }) => [String(key), jsonOf(value, file)]));
  }
  if (isSeq(node)) return node.items.map((item) => jsonOf(item, file));
  return isScalar(node) ? (node.value as TemplateValue) : null;
}

function longForm(name: string, value: TemplateValue): TemplateValue {
  if (name === 'GetAtt' && typeof value === 'string')
    return { 'Fn::GetAtt': value.split(/\.(.*)/s).slice(0, 2) };
  return { [withoutPrefix.includes(name) ? name : `Fn::${name}`]: value };
}

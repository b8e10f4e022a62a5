import { parseXml2JsFromString } from '@node-saml/node-saml/lib/xml.js';

/** XML as node-saml reads it: elements without prefixes as lists, attributes under `$`, text under `_`. @returns empty for what is no XML */
export async function parseXml(xml: string): Promise<Record<string, unknown>> {
  const document: Record<string, unknown> | null = await parseXml2JsFromString(xml).catch(() => null);
  return document ?? {};
}

import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import { type InputError, problem } from '../http/responses.ts';
import type { Operation } from './operation.ts';
import { readJson } from './read-json.ts';

const LONGEST_BODY = 16_384;

/** The library quotes the names of members that it does not know, and those are the sender's. */
const messageOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? 'There is a member that is not known here.' : issue.message;

const errorsOf = (part: InputError['in'], error: z.ZodError): InputError[] =>
  error.issues.map((issue) => ({ in: part, field: issue.path.join('.'), message: messageOf(issue) }));

/** Of a parameter that is given twice, all are handed on, for the schema to refuse. */
function queryOf(url: string): Record<string, string | string[]> {
  const { searchParams } = new URL(url);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** Those that the schema knows: a request carries many more. */
const headersOf = (headers: Headers, schema: z.ZodObject): Record<string, string | undefined> =>
  Object.fromEntries(Object.keys(schema.shape).map((name) => [name, headers.get(name) ?? undefined]));

/** The rest of a late body is not waited for (RFC 9110 section 15.5.9). */
function bodyProblem(code: ErrorCode): Response {
  const response = problem(code);
  if (code === 'request_timeout') response.headers.set('connection', 'close');
  return response;
}

interface ParsedInput {
  params: unknown;
  query: unknown;
  headers: unknown;
  body: unknown;
}

/**
 * Reads and validates everything an operation takes.
 * @param params what stands in the address, by name
 * @returns the parsed parts; otherwise the refusal, which names every part that is wrong
 */
export async function readInput(
  operation: Operation,
  request: Request,
  params: Record<string, unknown>,
): Promise<ParsedInput | Response> {
  const parsed: ParsedInput = { params: undefined, query: undefined, headers: undefined, body: undefined };
  const errors: InputError[] = [];

  const parse = (name: keyof ParsedInput, part: InputError['in'], schema: z.ZodType, value: unknown) => {
    const result = schema.safeParse(value);
    if (result.success) parsed[name] = result.data;
    else errors.push(...errorsOf(part, result.error));
  };

  if (operation.params) parse('params', 'path', operation.params, params);
  if (operation.query) parse('query', 'query', operation.query, queryOf(request.url));
  if (operation.headers)
    parse('headers', 'header', operation.headers, headersOf(request.headers, operation.headers));
  if (operation.body) {
    const json = await readJson(request, operation.bodyLimit ?? LONGEST_BODY);
    if (json.kind === 'refused') return bodyProblem(json.code);
    parse('body', 'body', operation.body, json.value);
  }
  return errors.length > 0 ? problem('invalid_input', { errors }) : parsed;
}

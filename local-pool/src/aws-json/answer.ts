import { randomUUID } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { constraintError } from './constraint-error.ts';
import { CORS_HEADERS } from './cors.ts';
import type { Operation } from './operation.ts';

/** An AWS JSON 1.1 service: what stands before the dot of `X-Amz-Target`, and where its operations are. */
export interface Service {
  targetPrefix: string;
  /** @returns undefined for a name that is no operation */
  find(name: string): Promise<Operation> | undefined;
}

const CONTENT_TYPE = 'application/x-amz-json-1.1';
/** Bytes. The longest honest input is an image of SetUICustomization beside its CSS. */
const LARGEST_BODY = 1024 * 1024;

/** `POST /`: finds the operation that `X-Amz-Target` names, checks its input and answers as AWS JSON 1.1. */
export async function answerAwsJson(
  pool: LocalPool,
  services: readonly Service[],
  request: Request,
  ip: string,
): Promise<Response> {
  const requestId = randomUUID();
  const target = request.headers.get('x-amz-target') ?? '';
  try {
    const operation = await findOperation(services, target);
    requireCaller(operation, request.headers);
    const input = parse(await readBody(request));
    const checked = operation.input.safeParse(input);
    if (!checked.success) throw constraintError(checked.error, input);
    return jsonAnswer(200, requestId, await operation.run(pool, checked.data, { ip }));
  } catch (error) {
    if (error instanceof CognitoError) return errorAnswer(requestId, error);
    pool.log(`${target.replace(/[^\w.]/g, '')} failed: ${error instanceof Error ? error.name : 'unknown'}`);
    return errorAnswer(requestId, new CognitoError('InternalErrorException', 'Something went wrong'), 500);
  }
}

function findOperation(services: readonly Service[], target: string): Promise<Operation> {
  const [prefix = '', name = '', ...rest] = target.split('.');
  const operation =
    rest.length === 0 ? services.find((service) => service.targetPrefix === prefix)?.find(name) : undefined;
  if (!operation)
    throw new CognitoError('UnknownOperationException', `Unknown operation: ${shownName(target)}`);
  return operation;
}

/** No more of it than an operation's name can have: it may be anything. */
function shownName(target: string): string {
  return target.replace(/[^\w.]/g, '').slice(0, 100) || 'none';
}

const SIGNATURE = /^AWS4-HMAC-SHA256 Credential=[^,\s]+, ?SignedHeaders=[^,\s]+, ?Signature=[0-9a-f]+$/;
const OWN_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * A signature is asked for where AWS asks for one, and not checked: there is nothing to check it against. Because anyone
 * can write one, a web page of another origin may not call these operations through its visitor's browser.
 */
function requireCaller({ signed }: Operation, headers: Headers): void {
  if (!signed) return;
  const authorization = headers.get('authorization');
  if (authorization === null)
    throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (!SIGNATURE.test(authorization))
    throw new CognitoError('IncompleteSignatureException', 'Authorization is no AWS Signature Version 4.');
  const origin = headers.get('origin');
  if (origin !== null && !OWN_ORIGIN.test(origin))
    throw new CognitoError(
      'AccessDeniedException',
      'Web pages of other hosts may not administer the local pool.',
    );
}

/** The body as text. @throws CognitoError RequestEntityTooLargeException */
export async function readBody(request: Request): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? Number.NaN);
  // The way of nearly every request, and several times faster than the stream of one that does not say its length.
  if (announced <= LARGEST_BODY) return request.text();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY)
      throw new CognitoError('RequestEntityTooLargeException', 'The request body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body's object, without its null members, which mean the same as absent ones. */
function parse(body: string): unknown {
  let value: unknown;
  try {
    value =
      body === '' ? {} : JSON.parse(body, (_key, member: unknown) => (member === null ? undefined : member));
  } catch {
    throw new CognitoError('SerializationException', 'The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CognitoError('SerializationException', 'The body is not a JSON object.');
  return value;
}

function errorAnswer(requestId: string, { code, message }: CognitoError, status = 400): Response {
  return jsonAnswer(
    status,
    requestId,
    { __type: code, message },
    {
      'x-amzn-ErrorType': `${code}:`,
      'x-amzn-ErrorMessage': encodeHeader(message),
    },
  );
}

/** Characters. A message may repeat what was sent, and clients take only so many bytes of headers. */
const LONGEST_HEADER = 1024;

/** A header holds no line break and nothing beyond Latin-1. */
function encodeHeader(message: string): string {
  return message.slice(0, LONGEST_HEADER).replace(/[^\x20-\x7e]/g, '?');
}

function jsonAnswer(
  status: number,
  requestId: string,
  body: object,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': CONTENT_TYPE, 'x-amzn-RequestId': requestId, ...CORS_HEADERS, ...headers },
  });
}

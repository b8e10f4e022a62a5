import type { z } from 'zod';
import type { Bearer, Requirement } from '../access/bearer.ts';
import type { ErrorCode } from '../errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One way an operation can end well. */
interface AnswerShape {
  readonly description: string;
  /** Absent where there is no body. */
  readonly body?: z.ZodType;
  /** Header fields that the answer carries besides those of every answer, in lower case. */
  readonly headers?: z.ZodObject;
}

/**
 * One method of one address of the API: who may call it, what comes in, what goes out. Requests are validated by these
 * schemas and the OpenAPI document is made from them, so the two cannot differ.
 */
export interface Operation extends Requirement {
  /**
   * The user pool is asked about the access token as well, because a revoked one verifies until it expires. For what must
   * not happen then.
   */
  readonly confirmed?: true;
  /** Unique, in lowerCamelCase: `operationId`. */
  readonly id: string;
  readonly method: Method;
  /** As OpenAPI writes it: `/api/v1/notes/{id}`. */
  readonly path: `/api/v1/${string}`;
  /** The heading it stands under in the reference. */
  readonly tag: string;
  /** One line, without a full stop. */
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Header fields of the request that mean something here, in lower case. */
  readonly headers?: z.ZodObject;
  /** Read as JSON; a request without it is refused. Where there is no schema, a body is not looked at. */
  readonly body?: z.ZodType;
  /** The longest body, in bytes: 16,384 unless it is said. */
  readonly bodyLimit?: number;
  readonly answers: Readonly<Record<number, AnswerShape>>;
  /** Refusals of its own. Those of the guard, the limits and the schemas follow from the rest. */
  readonly problems?: readonly ErrorCode[];
}

/** Describes an operation; what its handler is given and may answer follows from the description. */
export const operation = <const Described extends Operation>(description: Described): Described =>
  description;

type Parsed<Described, Part extends keyof Operation> = Described extends {
  readonly [P in Part]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

/** A request that has been let in, and is valid by the schemas of its operation. */
export interface Input<Described extends Operation> extends Bearer {
  readonly params: Parsed<Described, 'params'>;
  readonly query: Parsed<Described, 'query'>;
  readonly headers: Parsed<Described, 'headers'>;
  readonly body: Parsed<Described, 'body'>;
  readonly request: Request;
}

/** Nobody changes an answer, so it may be made of what nobody may change. */
type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value;

type BodyOf<Shape> = Shape extends { readonly body: infer Schema extends z.ZodType }
  ? { readonly body: Frozen<z.output<Schema>> }
  : { readonly body?: undefined };

type HeadersOf<Shape> = Shape extends { readonly headers: infer Schema extends z.ZodType }
  ? { readonly headers: z.output<Schema> & Record<string, string> }
  : { readonly headers?: undefined };

/** What a handler may answer: one of the answers of its operation. */
export type Answer<Described extends Operation> = {
  [Status in keyof Described['answers'] & number]: { readonly status: Status } & BodyOf<
    Described['answers'][Status]
  > &
    HeadersOf<Described['answers'][Status]>;
}[keyof Described['answers'] & number];

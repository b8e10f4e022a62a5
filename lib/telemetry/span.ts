import { type Attributes, telemetrySink } from './sink.ts';

/**
 * Runs some work as a span of the trace; while no endpoint is configured, it just runs.
 * @param name lower case, without anything that comes from a request
 * @param work may add attributes once it knows them; neither a token, a code, a cookie nor a name may be one
 */
export const inSpan = <Result>(
  name: string,
  attributes: Attributes,
  work: (add: (attributes: Attributes) => void) => Promise<Result>,
): Promise<Result> => telemetrySink()?.span(name, attributes, work) ?? work(() => {});

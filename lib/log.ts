import { currentRequest } from './request-scope.ts';

type Level = 'info' | 'warn' | 'error';
type Field = string | number | boolean | undefined;

const LONGEST_FIELD = 200;

/**
 * Three dot-separated base64url runs are a JWT, five are a JWE (Cognito's refresh tokens), `Fe26.2*` opens
 * a seal. A caller should never pass one; a message quoted from elsewhere might still carry one.
 */
const secretShapes = [
  // Only from the start of a run: trying every character of a long one would take quadratic time.
  /(?<![\w-])[\w-]{8,}\.[\w-]{8,}\.[\w.-]{8,}/g,
  /Fe26\.2\*\S+/g,
  /\b\w*(code|state|token|secret|password|verifier)=[^\s&]+/gi,
];

function safeText(value: string): string {
  const redacted = secretShapes.reduce((text, shape) => text.replace(shape, '[redacted]'), value);
  return Array.from(redacted, (character) => (character < ' ' || character === '\x7f' ? ' ' : character))
    .join('')
    .slice(0, LONGEST_FIELD);
}

/**
 * Writes one line of JSON to standard output (`info`) or standard error.
 * While a request is handled, `request` is its id. Text fields are truncated to 200 characters, stripped of control characters and of anything token-shaped.
 */
export function log(level: Level, event: string, fields: Record<string, Field> = {}): void {
  const safe = Object.entries(fields).map(([key, value]) => [
    key,
    typeof value === 'string' ? safeText(value) : value,
  ]);
  const line = JSON.stringify({
    time: new Date().toISOString(),
    level,
    event,
    ...Object.fromEntries(safe),
    request: currentRequest(),
  });
  // biome-ignore lint/suspicious/noConsole: the one place that writes the log
  (level === 'info' ? console.log : console.error)(line);
}

/** Of one event in one minute; the rest is counted. */
const MOST_A_MINUTE = 100;
const MINUTE_MS = 60_000;

interface Minute {
  startedAt: number;
  written: number;
  leftOut: number;
}

const minutes = new Map<string, Minute>();

/**
 * Writes a line as {@link log} does, for events that a stranger can cause as often as they like: a hundred a minute of
 * each. How many were left out is said with the first line of the next minute.
 * @param now milliseconds from any moment, of a clock that nobody sets
 */
export function logSampled(
  level: Level,
  event: string,
  fields: Record<string, Field> = {},
  now = performance.now(),
): void {
  const known = minutes.get(event);
  const minute =
    known && now - known.startedAt < MINUTE_MS ? known : { startedAt: now, written: 0, leftOut: 0 };
  minutes.set(event, minute);
  if (minute.written === MOST_A_MINUTE) {
    minute.leftOut += 1;
    return;
  }
  minute.written += 1;
  const leftOut = minute === known ? 0 : (known?.leftOut ?? 0);
  log(level, event, leftOut > 0 ? { ...fields, left_out: leftOut } : fields);
}

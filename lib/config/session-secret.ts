import { z } from 'zod';

/** The example in `.env.example`, and what people type when they mean to change it later. */
const sampleSecret = /replace|change|example|secret|password|cabana/i;

/**
 * `SESSION_SECRET` is one password, or several as `2:newer,1:older`: the highest number seals, each of them unseals.
 * @returns undefined for a list that is not wholly numbered, or uses a number twice
 */
export function parseSecrets(value: string): Record<string, string> | undefined {
  const parts = value.split(',').map((part) => part.trim());
  if (parts.length === 1 && !/^\d+:/.test(value)) return { 1: value };
  const numbered = parts.map((part) => /^([1-9]\d{0,8}):(.+)$/.exec(part));
  const secrets = Object.fromEntries(numbered.map((match) => [match?.[1] ?? '', match?.[2] ?? '']));
  return numbered.every((match) => match !== null) && Object.keys(secrets).length === parts.length
    ? secrets
    : undefined;
}

/** iron-session derives its key with a single PBKDF2 round, so the secret has to carry the entropy itself. */
const isGuessable = (secret: string): boolean => new Set(secret).size < 12 || sampleSecret.test(secret);

const everySecret = (value: string, test: (secret: string) => boolean): boolean =>
  Object.values(parseSecrets(value) ?? {}).every(test);

/** `SESSION_SECRET`, as {@link parseSecrets} reads it. */
export const sessionSecret = z
  .string({
    error:
      'is not set: `npm start` and `npm run dev` make one for this machine; elsewhere use the output of `openssl rand -base64 32`',
  })
  .refine((value) => parseSecrets(value), 'must be one secret, or several as 2:newer,1:older')
  .refine((value) => everySecret(value, ({ length }) => length >= 32), {
    error: 'must have at least 32 characters',
    abort: true,
  })
  .refine(
    (value) => everySecret(value, (secret) => !isGuessable(secret)),
    'is a sample or too easy to guess',
  );

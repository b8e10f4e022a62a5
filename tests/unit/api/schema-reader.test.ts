import { describe, expect, it, test } from 'vitest';
import type { oas31 } from 'zod-openapi';
import { schemaReader } from '../../../lib/api/reference/schema-reader.ts';

const note: oas31.SchemaObject = {
  type: 'object',
  description: 'A note',
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 200, description: 'Its title' },
    shares: { type: 'array', items: { type: 'object', properties: { group: { type: 'string' } } } },
    kind: { type: 'string', enum: ['draft', 'final'] },
  },
  required: ['title'],
};
const reader = schemaReader({
  openapi: '3.1.1',
  info: { title: 'x', version: '1' },
  components: { schemas: { Note: note } },
});
const reference = { $ref: '#/components/schemas/Note' };

test.each<[string, oas31.SchemaObject]>([
  ['text', { type: 'string' }],
  ['text, up to 200 characters', { type: 'string', minLength: 0, maxLength: 200 }],
  ['text, up to 10,000 characters', { type: 'string', maxLength: 10_000 }],
  ['text, 1 to 200 characters', { type: 'string', minLength: 1, maxLength: 200 }],
  ['text, at least 8 characters', { type: 'string', minLength: 8 }],
  ['UUID', { type: 'string', format: 'uuid' }],
  ['whole number', { type: 'integer', minimum: -(2 ** 53) + 1, maximum: 2 ** 53 - 1 }],
  ['whole number, 1 to 100', { type: 'integer', minimum: 1, maximum: 100 }],
  ['text or null', { type: ['string', 'null'] }],
  ['whole number or null', { anyOf: [{ type: 'integer' }, { type: 'null' }] }],
  ['"me" or "all"', { enum: ['me', 'all'] }],
  ['"about:blank"', { const: 'about:blank' }],
  ['list of text', { type: 'array', items: { type: 'string' } }],
  ['anything', {}],
])('says %s', (words, schema) => {
  expect(reader.typeOf(schema)).toBe(words);
});

describe('the members of a value', () => {
  it('are those of an object behind a reference, and of the objects in it', () => {
    expect(reader.membersOf(reference)).toEqual([
      { name: 'title', type: 'text, 1 to 200 characters', required: true, description: 'Its title' },
      { name: 'shares', type: 'list of object', required: false, description: undefined },
      { name: 'shares[].group', type: 'text', required: false, description: undefined },
      { name: 'kind', type: '"draft" or "final"', required: false, description: undefined },
    ]);
  });

  it('are none where there is a simple value', () => {
    expect(reader.membersOf({ type: 'string' })).toEqual([]);
  });
});

describe('an example', () => {
  it('is the schema’s own', () => {
    expect(reader.exampleOf({ type: 'string', example: 'Milk' })).toBe('Milk');
    expect(reader.exampleOf({ type: 'string', examples: ['Bread'] })).toBe('Bread');
    expect(reader.exampleOf({ type: 'integer', default: 20 })).toBe(20);
  });

  it('is made up of the members otherwise', () => {
    expect(reader.exampleOf({ type: 'array', items: reference as oas31.SchemaObject })).toEqual([
      { title: 'text', shares: [{ group: 'text' }], kind: 'draft' },
    ]);
    expect(reader.exampleOf({ type: 'integer', minimum: 5 })).toBe(5);
    expect(reader.exampleOf({ type: ['null', 'string'] })).toBeNull();
  });
});

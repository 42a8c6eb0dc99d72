/** Our validation against a JSON Schema validator that was given the original schema. */
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { validateDocument } from '../../lib/compose/validate';
import { documents, PROBES } from './document-arbitrary';
import { COMPOSE_SCHEMA, resolve, type JsonSchema } from './json-schema-walk';

const { $schema: _dialect, ...schema } = COMPOSE_SCHEMA as JsonSchema & { $schema: string };
const isValid = new Ajv({ strict: false }).compile(schema);

/** Compares the two verdicts and gives the shared one. */
function verdict(document: unknown): boolean {
  const problems = validateDocument(document);
  const expected = isValid(document);
  if ((problems.length === 0) !== expected) {
    expect({ document, problems, valid: expected }).toEqual({
      document,
      problems,
      valid: !expected,
    });
  }
  return expected;
}

/** The least that a schema accepts. */
function least(given: JsonSchema): unknown {
  const { oneOf, type, enum: values, items: _items, required = [], properties } = resolve(given);
  if (oneOf) return least(oneOf[0]!);
  switch ([type].flat()[0]) {
    case 'object':
      return Object.fromEntries(required.map((key) => [key, least(properties![key]!)]));
    case 'array':
      return [];
    case 'string':
      return values?.[0] ?? 'always';
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 1;
  }
}

/** For every place of the schema a function that gives a document with a value at this place. */
function places(
  given: JsonSchema = COMPOSE_SCHEMA,
  wrap: (value: unknown) => unknown = (value) => value,
): ((value: unknown) => unknown)[] {
  const at = resolve(given);
  const found = [wrap];
  for (const alternative of at.oneOf ?? []) found.push(...places(alternative, wrap).slice(1));
  for (const [key, inner] of Object.entries(at.properties ?? {})) {
    const around = least({ ...at, oneOf: undefined, type: 'object' }) as object;
    found.push(...places(inner, (value) => wrap({ ...around, [key]: value })));
  }
  for (const inner of Object.values(at.patternProperties ?? {})) {
    for (const key of ['a', 'x-a', 'A b', '']) {
      if (Object.keys(inner).length === 0) found.push((value) => wrap({ [key]: value }));
      else if (key === 'a') found.push(...places(inner, (value) => wrap({ a: value })));
      else found.push((value) => wrap({ [key]: value }));
    }
  }
  if (at.items) {
    found.push(...places(at.items, (value) => wrap([value])));
    found.push((value) => wrap([value, value]));
  }
  return found;
}

describe('validateDocument agrees with the JSON Schema', () => {
  test('on every sort of value at every place', () => {
    const counts = { valid: 0, invalid: 0 };
    for (const documentWith of places()) {
      for (const probe of PROBES) counts[verdict(documentWith(probe)) ? 'valid' : 'invalid']++;
    }
    expect(counts.valid).toBeGreaterThan(4000);
    expect(counts.invalid).toBeGreaterThan(4000);
  });

  test.each([1, 3, 8])('on whole documents with a mistake in %i of 100 places', (rate) => {
    const counts = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(documents(rate), (document) => {
        counts[verdict(document) ? 'valid' : 'invalid']++;
      }),
      { numRuns: 500 },
    );
    expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(30);
  });

  test('on lists that are too long to compare in pairs', () => {
    const item = fc.oneof(
      fc.constantFrom('1', 1, 2, '2'),
      fc.record({ target: fc.nat(30) }, { noNullPrototype: true }),
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 15, maxLength: 20 }), (ports) => {
        verdict({ services: { a: { ports } } });
      }),
    );
    const ports = Array.from({ length: 40 }, (_, port) => port + 1);
    expect(verdict({ services: { a: { ports } } })).toBe(true);
    expect(verdict({ services: { a: { ports: [...ports, 7] } } })).toBe(false);
  });
});

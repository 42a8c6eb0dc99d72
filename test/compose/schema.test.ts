/** The generated table against the schema it is made of, read a second way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childType, isExtension, matches, propertiesOf, SCHEMA } from '../../lib/compose/schema';
import type { ObjectRule, TypeName } from '../../lib/compose/schema';
import { generateCompose } from '../../scripts/generate/compose';
import { readComposeSchema } from '../../scripts/generate/json-schema';
import { ROOT, walk, type Place } from './json-schema-walk';

/** The table's type at a place of the document. */
function typeAt(place: Place): TypeName {
  return place.reduce<TypeName>(
    (type, step) => childType(type, step === '[]' ? 0 : step),
    'Document',
  );
}

function ruleAt(place: Place): ObjectRule | undefined {
  return SCHEMA[typeAt(place)].object;
}

describe('the table of the Compose specification', () => {
  test('has every property of every object of the schema', () => {
    let properties = 0;
    walk((place, { properties: expected = {} }) => {
      for (const key of Object.keys(expected)) {
        properties++;
        expect([
          ...place,
          key,
          ruleAt(place) && propertiesOf(ruleAt(place)!).byKey.has(key),
        ]).toEqual([...place, key, true]);
      }
    });
    expect(properties).toBeGreaterThan(300);
  });

  test('has no property that the schema does not have', () => {
    const known = new Map<TypeName, Set<string>>();
    walk((place, { properties = {} }) => {
      const keys = known.get(typeAt(place)) ?? new Set();
      for (const key of Object.keys(properties)) keys.add(key);
      known.set(typeAt(place), keys);
    });
    for (const [name, { object }] of Object.entries(SCHEMA)) {
      const expected = known.get(name as TypeName) ?? new Set();
      expect([name, ...(object?.properties ?? []).map(([key]) => key).sort()]).toEqual([
        name,
        ...[...expected].sort(),
      ]);
    }
  });

  test('requires what the schema requires, and leaves open what it leaves open', () => {
    walk((place, { type, required = [], additionalProperties, patternProperties = {} }) => {
      if (![type].flat().includes('object')) return;
      const rule = ruleAt(place);
      expect([place, rule?.required ?? []]).toEqual([place, required]);
      expect([place, rule?.open ?? false]).toEqual([place, additionalProperties !== false]);
      expect([place, rule?.extensions ?? false]).toEqual([place, '^x-' in patternProperties]);
    });
  });

  test('allows the kinds, values and ranges that the schema allows', () => {
    walk((place, { type, enum: values, minimum, maximum }) => {
      const row = SCHEMA[typeAt(place)];
      for (const kind of type === undefined ? [] : [type].flat()) {
        const key = kind === 'integer' ? 'number' : (kind as keyof typeof row);
        expect([place, kind, row[key] !== undefined]).toEqual([place, kind, true]);
        if (kind === 'integer') expect([place, row.number?.integer]).toEqual([place, true]);
      }
      if (values) expect([place, row.string?.enum]).toEqual([place, values]);
      if (minimum !== undefined) expect([place, row.number?.minimum]).toEqual([place, minimum]);
      if (maximum !== undefined) expect([place, row.number?.maximum]).toEqual([place, maximum]);
    });
  });

  test('gives every key a prop from which the key can be told again', () => {
    for (const { object } of Object.values(SCHEMA)) {
      for (const [key, prop] of object?.properties ?? []) {
        expect(prop).toMatch(/^[a-z][a-zA-Z0-9]*$/);
        expect(prop.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)).toBe(key);
      }
    }
  });

  test('finds no property under a name that every object inherits', () => {
    const { byKey, byProp } = propertiesOf(SCHEMA.Service.object!);
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(byKey.has(name)).toBe(false);
      expect(byProp.has(name)).toBe(false);
    }
  });

  test('reads patterns as JSON Schema does: Unicode, and anywhere in the text', () => {
    expect(matches('.+', 'a\nb')).toBe(true);
    expect(matches('^.+$', 'a\nb')).toBe(false);
    expect(matches('^.$', '😀')).toBe(true);
    expect(isExtension('x-team')).toBe(true);
    expect(isExtension('xteam')).toBe(false);
  });
});

describe('generating', () => {
  test('gives the same bytes for the same schema, and they are what is on disk', () => {
    const files = generateCompose(readComposeSchema(ROOT));
    expect(generateCompose(readComposeSchema(ROOT))).toEqual(files);
    for (const [path, text] of files) expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
  });

  test('stops at a keyword that it would otherwise ignore', () => {
    const schema = { type: 'object', properties: { a: { anyOf: [] } } } as object;
    expect(() => generateCompose(schema)).toThrow('does not know the keyword "anyOf"');
  });

  test('stops at alternatives that a value could not choose between by its kind', () => {
    const schema = { oneOf: [{ type: 'integer' }, { type: 'number' }] };
    expect(() => generateCompose(schema)).toThrow('two alternatives are a number');
  });

  test('stops at keys that would become the same prop', () => {
    const properties = { a_b: { type: 'string' }, aB: { type: 'string' } };
    expect(() => generateCompose({ type: 'object', properties })).toThrow('the same prop');
  });
});

/** The generated declarations, read with the TypeScript compiler, against the schema. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import * as compose from '../../../constructs/compose';
import { childType, SCHEMA, type TypeName } from '../../../lib/compose/schema';
import { ROOT, walk, type Place } from '../../compose/json-schema-walk';

const PROPS = join(ROOT, 'constructs/compose/generated');
const DOCUMENT = join(ROOT, 'lib/compose/generated/document.ts');

/** Members of every interface of a file, and which of them are required. */
function interfacesOf(file: string): Map<string, Map<string, { required: boolean }>> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const interfaces = new Map<string, Map<string, { required: boolean }>>();
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement)) continue;
    const members = statement.members.filter(ts.isPropertySignature);
    interfaces.set(
      statement.name.text,
      new Map(
        members.map((member) => [
          (member.name as ts.Identifier).text,
          { required: member.questionToken === undefined },
        ]),
      ),
    );
  }
  return interfaces;
}

function typeAt(place: Place): TypeName {
  return place.reduce<TypeName>(
    (type, step) => childType(type, step === '[]' ? 0 : step),
    'Document',
  );
}

const props = new Map(readdirSync(PROPS).flatMap((name) => [...interfacesOf(join(PROPS, name))]));
const documents = interfacesOf(DOCUMENT);

describe('the generated declarations', () => {
  test('have every property of the schema as a camelCase prop, required where it is', () => {
    walk((place, { properties = {}, required = [] }) => {
      // The document's own level and its includes are not elements.
      if (place.length < 2 || place[0] === 'include') return;
      const type = typeAt(place);
      for (const key of Object.keys(properties)) {
        const prop = SCHEMA[type].object!.properties!.find(([name]) => name === key)![1];
        const member = props.get(`Compose${type}Props`)?.get(prop);
        expect([place, key, member]).toEqual([place, key, { required: required.includes(key) }]);
      }
    });
  });

  test('have every property of the schema in the types of the document', () => {
    walk((place, { properties = {}, required = [] }) => {
      const name = place.length === 0 ? 'ComposeDocument' : `${typeAt(place)}Document`;
      for (const key of Object.keys(properties)) {
        const member = documents.get(name)?.get(key);
        expect([place, key, member]).toEqual([place, key, { required: required.includes(key) }]);
      }
    });
  });

  test('say what each prop is', () => {
    for (const name of readdirSync(PROPS)) {
      const lines = readFileSync(join(PROPS, name), 'utf8').split('\n');
      const bare = lines.filter(
        (line, at) => /^ {2}readonly \w+\??:/.test(line) && !lines[at - 1]!.endsWith('*/'),
      );
      expect(bare).toEqual([]);
    }
  });

  test('are all exported, a class for each section of the document', () => {
    expect(Object.keys(compose).sort()).toEqual([
      'ComposeConfig',
      'ComposeElement',
      'ComposeModel',
      'ComposeNetwork',
      'ComposeSecret',
      'ComposeService',
      'ComposeVolume',
    ]);
    const index = readFileSync(join(ROOT, 'constructs/compose/index.ts'), 'utf8');
    for (const name of readdirSync(PROPS)) {
      expect(index).toContain(`'./generated/${name.replace('.ts', '')}'`);
    }
  });
});

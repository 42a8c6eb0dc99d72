/**
 * The part of JSON Schema (draft-07) that the Compose specification uses, and the place where the
 * generator stops when a newer specification uses more: a keyword that is not understood would
 * otherwise silently become a weaker validation.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly uniqueItems?: boolean;
  readonly oneOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

const KEYWORDS: ReadonlySet<string> = new Set<keyof JsonSchema>([
  '$schema',
  '$id',
  '$ref',
  'title',
  'description',
  'deprecated',
  'default',
  'type',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'items',
  'uniqueItems',
  'oneOf',
  'required',
  'properties',
  'patternProperties',
  'additionalProperties',
  'definitions',
]);

/** Where the specification's schema lies, relative to the repository. */
export const SCHEMA_FILE = 'node_modules/dclint/schemas/compose.schema.json';

export function readComposeSchema(root: string): JsonSchema {
  return JSON.parse(readFileSync(join(root, SCHEMA_FILE), 'utf8')) as JsonSchema;
}

/** Throws for a schema that says something the generator would ignore. */
export function assertUnderstood(schema: JsonSchema, where: string): void {
  for (const keyword of Object.keys(schema)) {
    if (!KEYWORDS.has(keyword)) {
      throw new Error(`${where}: the generator does not know the keyword "${keyword}"`);
    }
  }
  if (typeof schema.additionalProperties === 'object') {
    throw new Error(`${where}: the generator knows additionalProperties only as true or false`);
  }
  const beside = Object.keys(schema).filter((k) => k !== '$ref' && k !== 'description');
  if (schema.$ref !== undefined && beside.length > 0) {
    throw new Error(`${where}: draft-07 ignores "${beside.join('", "')}" beside "$ref"`);
  }
}

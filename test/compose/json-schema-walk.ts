/** The tests' own reading of the Compose schema, independent of the generator's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

export const ROOT = join(__dirname, '..', '..');

export const COMPOSE_SCHEMA = JSON.parse(
  readFileSync(join(ROOT, 'node_modules/dclint/schemas/compose.schema.json'), 'utf8'),
) as JsonSchema;

/** A step from a value to one inside it: a key, `*` for any own key, `[]` for any item. */
export type Place = readonly string[];

export function resolve(schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const target = COMPOSE_SCHEMA.definitions?.[schema.$ref.replace('#/definitions/', '')];
  if (!target) throw new Error(`no definition ${schema.$ref}`);
  return resolve(target);
}

/** Visits every place of a document where the schema says something, alternatives included. */
export function walk(
  visit: (place: Place, schema: JsonSchema) => void,
  schema: JsonSchema = COMPOSE_SCHEMA,
  place: Place = [],
): void {
  const at = resolve(schema);
  visit(place, at);
  for (const alternative of at.oneOf ?? []) walk(visit, alternative, place);
  for (const [key, inner] of Object.entries(at.properties ?? {}))
    walk(visit, inner, [...place, key]);
  for (const [pattern, inner] of Object.entries(at.patternProperties ?? {})) {
    if (pattern !== '^x-') walk(visit, inner, [...place, '*']);
  }
  if (at.items) walk(visit, at.items, [...place, '[]']);
}

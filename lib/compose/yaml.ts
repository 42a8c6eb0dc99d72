/**
 * The Compose document as text that people read in a review: a fixed key order, a comment where a
 * reader would ask why, and quotes around everything that some YAML parser could misread.
 */
import {
  Document,
  Pair,
  Scalar,
  Schema,
  YAMLMap,
  YAMLSeq,
  type ScalarTag,
  type ToStringOptions,
} from 'yaml';
import { EnvRef, escapeDollars } from '../core/env-ref';
import { commentFor } from './comments';
import { orderedKeys } from './key-order';

/** Lists that are one command line read better on one line. */
const FLOW_KEYS = new Set(['command', 'entrypoint', 'test', 'cap_drop', 'security_opt']);

const STYLE: ToStringOptions = { lineWidth: 0, flowCollectionPadding: false };

/** Scalars are written here already (see `written`); what is left is their place in the document. */
const AS_WRITTEN: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: () => true,
  resolve: (text) => text,
  stringify: ({ value }) => String(value),
};
const SCHEMA = new Schema({ customTags: () => ['map', 'seq', AS_WRITTEN] });

/** Serializes a document. `header` becomes the comment at the top, one line each. */
export function toYaml(document: object, header: readonly string[] = []): string {
  const yaml = new Document(undefined, { schema: SCHEMA });
  yaml.contents = toNode(document, []);
  if (header.length > 0) yaml.commentBefore = header.map(commentLine).join('\n');
  return escapeInvisible(yaml.toString(STYLE));
}

/** One line, whatever is in it: whoever writes it must not be able to end the comment. */
function commentLine(text: string): string {
  return ` ${text.replace(/[\n\v\f\r\u0085\u2028\u2029]+/g, ' ')}`.trimEnd();
}

/**
 * What a reviewer cannot see, or a YAML parser takes for a line end: control and format characters
 * (so also the marks that turn the writing direction), noncharacters, lone surrogates.
 */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Escapes them as YAML does in double quotes; nowhere else but in comments can they stand. */
function escapeInvisible(yaml: string): string {
  return yaml.replace(INVISIBLE, (char) => {
    const code = char.codePointAt(0)!.toString(16);
    return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
  });
}

type Path = readonly string[];

function toNode(value: unknown, path: Path, inFlow = false): Scalar | YAMLMap | YAMLSeq {
  if (EnvRef.is(value)) return new Scalar(JSON.stringify(value.toString()));
  if (Array.isArray(value)) return toSequence(value, path, inFlow);
  if (typeof value === 'object' && value !== null)
    return toMap(value as Record<string, unknown>, path, inFlow);
  if (typeof value === 'string') return new Scalar(written(escapeDollars(value), inFlow));
  return new Scalar(String(value));
}

function toSequence(items: unknown[], path: Path, inFlow: boolean): YAMLSeq {
  const node = new YAMLSeq();
  const flow = inFlow || items.length === 0 || FLOW_KEYS.has(path.at(-1) ?? '');
  for (const item of items) node.items.push(toNode(item, [...path, '*'], flow));
  node.flow = flow;
  return node;
}

function toMap(object: Record<string, unknown>, path: Path, inFlow: boolean): YAMLMap {
  const node = new YAMLMap();
  const keys = orderedKeys(object, path);
  for (const [index, key] of keys.entries()) {
    const keyNode = new Scalar(written(key, inFlow));
    const comment = commentFor([...path, key], object[key]);
    if (comment !== undefined) keyNode.commentBefore = ` ${comment}`;
    if (startsBlock(path, index)) keyNode.spaceBefore = true;
    node.items.push(new Pair(keyNode, toNode(object[key], [...path, key], inFlow)));
  }
  return node;
}

/** A blank line before each section, and between the services. */
function startsBlock(path: Path, index: number): boolean {
  return index > 0 && (path.length === 0 || (path.length === 1 && path[0] === 'services'));
}

/** Words and paths that every YAML version reads as the text they are. */
const PLAIN = /^(?:[A-Za-z_/]|\.{1,2}\/)[A-Za-z0-9_./@+,=-]*(?::[A-Za-z0-9_./@+,=-]+)*$/;
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|inf|nan)$/i;

/**
 * A text in YAML: as it is where nobody can misread it, else in double quotes and on one line, so
 * that no editor strips or wraps what is part of a value. JSON's quotes and escapes are YAML's too.
 */
function written(text: string, inFlow: boolean): string {
  const isPlain = PLAIN.test(text) && !RESERVED.test(text) && !(inFlow && text.includes(','));
  return isPlain ? text : JSON.stringify(text);
}

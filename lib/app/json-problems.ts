/**
 * What is wrong with a JSON text, and where. `JSON.parse` names no place for half of its errors, and
 * says nothing about a key that stands there twice, of which it silently drops one.
 */

import { escapeActive, quote } from '../core/quote';

/** A problem in a text. Line and column count from 1. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Keys that stand twice in one object, and the first error of syntax; empty for a text that
 * `JSON.parse` accepts and that repeats no key.
 */
export function findJsonProblems(text: string): JsonProblem[] {
  return new Scanner(text).scan();
}

/** Nested deeper than this, a text is no configuration; recursion stays shallow. */
const DEEPEST = 200;

const TOKEN =
  /[\t\n\r ]*(?:([{}[\]:,])|("(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)))/y;

interface Token {
  readonly kind: 'sign' | 'string' | 'scalar' | 'end';
  readonly text: string;
  readonly at: number;
}

class SyntaxProblem extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

class Scanner {
  private position = 0;
  private readonly problems: JsonProblem[] = [];

  constructor(private readonly text: string) {}

  scan(): JsonProblem[] {
    try {
      this.value(this.next(), 0);
      const rest = this.next();
      if (rest.kind !== 'end') this.fail(rest, 'the end of the file');
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      this.report(error.at, error.message);
    }
    return this.problems;
  }

  private value(token: Token, depth: number): void {
    if (depth > DEEPEST) throw new SyntaxProblem(token.at, `is nested deeper than ${DEEPEST}`);
    if (token.text === '{') this.object(depth);
    else if (token.text === '[') this.list(depth);
    else if (token.kind !== 'string' && token.kind !== 'scalar') this.fail(token, 'a value');
  }

  private object(depth: number): void {
    const keys = new Set<string>();
    let token = this.next();
    if (token.text === '}') return;
    for (;;) {
      if (token.kind !== 'string') this.fail(token, 'a key in double quotes');
      const key = JSON.parse(token.text) as string;
      if (keys.has(key))
        this.report(token.at, `the key ${escapeActive(token.text)} stands here a second time`);
      keys.add(key);
      this.expect(':');
      this.value(this.next(), depth + 1);
      token = this.expect(',', '}');
      if (token.text === '}') return;
      token = this.next();
    }
  }

  private list(depth: number): void {
    let token = this.next();
    if (token.text === ']') return;
    for (;;) {
      this.value(token, depth + 1);
      token = this.expect(',', ']');
      if (token.text === ']') return;
      token = this.next();
    }
  }

  private expect(...signs: readonly string[]): Token {
    const token = this.next();
    if (token.kind !== 'sign' || !signs.includes(token.text)) this.fail(token, signs.join(' or '));
    return token;
  }

  private next(): Token {
    TOKEN.lastIndex = this.position;
    const match = TOKEN.exec(this.text);
    if (!match) return this.noToken();
    this.position = TOKEN.lastIndex;
    const text = match[1] ?? match[2] ?? match[3] ?? '';
    const kind = match[1] ? 'sign' : match[2] ? 'string' : 'scalar';
    return { kind, text, at: this.position - text.length };
  }

  private noToken(): Token {
    const rest = this.text.slice(this.position);
    const blank = /^[\t\n\r ]*/.exec(rest)?.[0].length ?? 0;
    const at = this.position + blank;
    const start = rest.slice(blank);
    if (start === '') return { kind: 'end', text: '', at };
    if (/^\/[/*]/.test(start)) throw new SyntaxProblem(at, 'JSON has no comments');
    if (start.startsWith("'")) throw new SyntaxProblem(at, 'JSON has double quotes only');
    if (start.startsWith('"')) {
      throw new SyntaxProblem(at, 'this text has no end, a line break or a wrong escape in it');
    }
    const word = /^[\w.+-]+|^./su.exec(start)?.[0] ?? '';
    throw new SyntaxProblem(at, `received ${quote(word)}, which is no JSON`);
  }

  private fail(token: Token, expected: string): never {
    const received = token.kind === 'end' ? 'the end of the file' : quote(token.text);
    const trailing = token.text === '}' || token.text === ']';
    const hint = trailing && expected !== ':' ? ' (is there a comma before it?)' : '';
    throw new SyntaxProblem(token.at, `received ${received}; allowed is ${expected}${hint}`);
  }

  private report(at: number, message: string): void {
    const before = this.text.slice(0, at).split(/\r\n|\n|\r/);
    this.problems.push({ line: before.length, column: before.at(-1)!.length + 1, message });
  }
}

/**
 * The texts of one synthesis. Sandboxes of one kind have most of their files in common: each text is
 * kept and hashed once, however many sandboxes write it.
 */
import { sha256 } from './manifest';

interface PooledText {
  readonly text: string;
  digest?: string;
}

export class TextPool {
  private readonly texts = new Map<string, PooledText>();

  /** The one copy of this text. */
  share(text: string): string {
    return this.pooled(text).text;
  }

  /** The sha256 of a text, in hexadecimal. */
  digest(text: string): string {
    const pooled = this.pooled(text);
    return (pooled.digest ??= sha256(text));
  }

  private pooled(text: string): PooledText {
    const known = this.texts.get(text);
    if (known) return known;
    const added: PooledText = { text };
    this.texts.set(text, added);
    return added;
  }
}

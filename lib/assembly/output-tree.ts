/**
 * What stands in the output folder, seen without following a single symlink: an agent that could
 * plant one must not choose what is read, compared or overwritten.
 *
 * Read calls are synchronous: asynchronous ones are slower for many small files.
 */
import * as fs from 'node:fs';
import { OutputError } from '../core/errors';
import { asOutputError, hasCode } from './io-error';
import { sha256 } from './manifest';
import { READ } from './open-flags';

// Numbers are accepted at run time, and only this form is one native call for open, read and close.
const READ_TEXT = { encoding: 'utf8', flag: READ as unknown as string } as const;
const READ_BYTES = { flag: READ as unknown as string } as const;

/** One look at the folder: what was seen of its folders is remembered. */
export class OutputTree {
  private readonly folders = new Map<string, boolean>();
  private readonly filesInPlaceOfFolders = new Set<string>();
  private readonly foldersInPlaceOfFiles = new Set<string>();

  constructor(
    /** Absolute path of the output folder. */
    readonly folder: string,
  ) {}

  /** Absolute path of a file given relative to the output folder, with forward slashes. */
  locate(file: string): string {
    // A slash at the end would make the system follow a symlink.
    return file === '' ? this.folder : `${this.folder}/${file}`;
  }

  /**
   * The text of a file; `undefined` when there is no such file.
   *
   * @throws OutputError OUTPUT_UNSAFE for a symlink on the way or a special file at its place
   */
  read(file: string): string | undefined {
    if (!this.hasParent(file)) return undefined;
    const text = this.attempt(file, () => fs.readFileSync(this.locate(file), READ_TEXT));
    // A named pipe reads as empty.
    if (text === '') this.assertRegular(file);
    return text;
  }

  /** True when the file holds exactly this text. Quick: most files are unchanged. */
  holds(file: string, content: string): boolean {
    const text = this.read(file);
    if (text === undefined) return false;
    // Text and bytes are one and the same but for what is not well-formed, which reads as U+FFFD.
    const exact = text === content ? !content.includes('\uFFFD') : content.isWellFormed();
    return exact ? text === content : this.hash(file) === sha256(content);
  }

  /** The sha256 of a file's bytes; `undefined` when there is no such file. */
  hash(file: string): string | undefined {
    if (!this.hasParent(file)) return undefined;
    this.assertRegular(file);
    const bytes = this.attempt(file, () => fs.readFileSync(this.locate(file), READ_BYTES));
    return bytes && sha256(bytes);
  }

  /** The first bytes of a file, and no more than so many; `undefined` when there is no such file. */
  head(file: string, most: number): Buffer | undefined {
    if (!this.hasParent(file)) return undefined;
    this.assertRegular(file);
    return this.attempt(file, () => readHead(this.locate(file), most));
  }

  /** True for a folder; `''` is the output folder itself. */
  hasFolder(folder: string): boolean {
    const known = this.folders.get(folder);
    if (known !== undefined) return known;
    const found = (folder === '' || this.hasParent(folder)) && this.lookForFolder(folder);
    this.folders.set(folder, found);
    return found;
  }

  /** Entries of a folder; none when it is not there. */
  list(folder: string): fs.Dirent[] {
    if (!this.hasFolder(folder)) return [];
    return (
      this.attempt(folder, () => fs.readdirSync(this.locate(folder), { withFileTypes: true })) ?? []
    );
  }

  /**
   * What keeps a file that was looked for, and not found, from being written: a folder at its own
   * path, or a file at the path of one of its folders.
   */
  obstacleAt(file: string): string | undefined {
    if (this.foldersInPlaceOfFiles.has(file)) return file;
    for (let at = parentOf(file); at !== ''; at = parentOf(at)) {
      if (this.filesInPlaceOfFolders.has(at)) return at;
    }
    return undefined;
  }

  private hasParent(file: string): boolean {
    return this.hasFolder(parentOf(file));
  }

  private lookForFolder(folder: string): boolean {
    const stats = this.stat(folder);
    if (!stats) return false;
    if (stats.isSymbolicLink()) throw unsafe(this.locate(folder), 'a symlink');
    if (!stats.isDirectory()) this.filesInPlaceOfFolders.add(folder);
    return stats.isDirectory();
  }

  private assertRegular(file: string): void {
    const stats = this.stat(file);
    if (stats?.isSymbolicLink()) throw unsafe(this.locate(file), 'a symlink');
    if (stats && !stats.isFile() && !stats.isDirectory()) {
      throw unsafe(this.locate(file), 'neither a file nor a folder');
    }
  }

  private stat(file: string): fs.Stats | undefined {
    return this.attempt(file, () => fs.lstatSync(this.locate(file), { throwIfNoEntry: false }));
  }

  private attempt<T>(file: string, operation: () => T): T | undefined {
    try {
      return operation();
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      if (hasCode(error, 'EISDIR')) {
        this.foldersInPlaceOfFiles.add(file);
        return undefined;
      }
      // Symlink, socket, pipe with a writer.
      if (hasCode(error, 'ELOOP', 'ENXIO', 'EAGAIN')) this.assertRegular(file);
      throw asOutputError(error, this.folder);
    }
  }
}

function readHead(file: string, most: number): Buffer {
  const descriptor = fs.openSync(file, READ);
  try {
    const bytes = Buffer.alloc(most);
    return bytes.subarray(0, fs.readSync(descriptor, bytes));
  } finally {
    fs.closeSync(descriptor);
  }
}

function parentOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}

function unsafe(where: string, what: string): OutputError {
  return new OutputError(
    'OUTPUT_UNSAFE',
    `${where} is ${what}; nothing is read or written through it: remove it, then run again`,
    [where],
  );
}

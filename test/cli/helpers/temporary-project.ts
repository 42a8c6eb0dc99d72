/** A user's project in a temporary folder, with this package and what it needs in node_modules. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { REPOSITORY } from './built-command';

const PACKAGES = ['constructs', '@types', 'undici-types'];

export class TemporaryProject {
  readonly folder: string;

  /** @param files content by path; `cdk-like.json` and `package.json` are there unless given */
  constructor(files: Readonly<Record<string, string>> = {}) {
    this.folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-cli-')));
    this.link('sandbox-cdk', REPOSITORY);
    for (const name of PACKAGES) this.link(name, path.join(REPOSITORY, 'node_modules', name));
    const given = { 'cdk-like.json': '{ "app": "app.js" }', 'package.json': '{}', ...files };
    for (const [file, content] of Object.entries(given)) this.write(file, content);
  }

  path(file: string): string {
    return path.join(this.folder, file);
  }

  write(file: string, content: string): void {
    fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
    fs.writeFileSync(this.path(file), content);
  }

  read(file: string): string {
    return fs.readFileSync(this.path(file), 'utf8');
  }

  exists(file: string): boolean {
    return fs.existsSync(this.path(file));
  }

  /** Every file below the folder but for node_modules, sorted. */
  files(folder = ''): string[] {
    return fs
      .readdirSync(this.path(folder), { withFileTypes: true })
      .filter(({ name }) => name !== 'node_modules')
      .flatMap((entry) => {
        const file = path.join(folder, entry.name);
        return entry.isDirectory() ? this.files(file) : [file];
      })
      .sort();
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private link(name: string, target: string): void {
    const link = this.path(path.join('node_modules', name));
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(target, link);
  }
}

/** A program in JavaScript whose sandboxes are acceptable: each has one air-gapped service. */
export function program(...names: string[]): string {
  return `${HEAD}${names.map((name) => `sandbox('${name}');\n`).join('')}app.synth();\n`;
}

/** What every program in JavaScript starts with: an app, and a function that adds a sandbox. */
export const HEAD = `const { App, Level1Sandbox } = require('sandbox-cdk');
const app = new App();
const sandbox = (name) => new Level1Sandbox(app, name, { source: '.' });
`;

/** A project with one Level 1 sandbox and a source of its own, synthesized. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Project } from './project';

/** What an engine's age proves is not what is tested with it. */
export const ALLOWED = ['--allow-unproven', 'K8=the engine of a test'];

export function newProject(): Project {
  const project = new Project();
  fs.mkdirSync(path.join(project.folder, 'src'));
  project.write('src/hello.txt', 'hello\n');
  project.sandboxCdk('init', '.');
  project.link();
  project.edit('lib/sandbox.ts', "source: '.',", "source: 'src',");
  project.sandboxCdk('synth');
  return project;
}

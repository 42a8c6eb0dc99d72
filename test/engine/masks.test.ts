import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { INPUTS_LABEL, inputsDigest } from '../../lib/engine/inputs';
import { maskMount, masksOf } from '../../lib/engine/masks';
import { overrideOf } from '../../lib/engine/override';
import type { DescribedService } from '../../lib/engine/described';
import type { OutputSandbox } from '../../lib/assembly/read';
import { sandboxOf } from './helpers/subject';

let source: string;

beforeEach(() => {
  source = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-masks-')));
  fs.mkdirSync(path.join(source, 'out/.ssh'), { recursive: true });
  fs.mkdirSync(path.join(source, 'home/.ssh'), { recursive: true });
  for (const file of ['.env', 'out/.env', 'home/.ssh/id_rsa', 'index.ts']) {
    fs.writeFileSync(path.join(source, file), 'A=b');
  }
});
afterEach(() => fs.rmSync(source, { recursive: true }));

const bind = (from: string, target: string, isReadOnly: boolean) => ({
  type: 'bind',
  source: from,
  target,
  read_only: isReadOnly,
});

describe('secrets of a source', () => {
  test('are masked where the source is mounted, files and whole folders', () => {
    expect(masksOf({ volumes: [bind(path.join(source, 'home'), '/home', true)] })).toEqual([
      { target: '/home/.ssh', isFolder: true },
    ]);
    expect(masksOf({ volumes: [bind(source, '/workspace', true)] }).map((m) => m.target)).toEqual([
      '/workspace/.env',
      '/workspace/home/.ssh',
      '/workspace/out/.env',
      '/workspace/out/.ssh',
    ]);
  });

  test('are left alone where the agent writes itself', () => {
    const volumes = [
      bind(source, '/workspace', true),
      bind(path.join(source, 'out'), '/output', false),
    ];
    expect(masksOf({ volumes }).map(({ target }) => target)).toEqual([
      '/workspace/.env',
      '/workspace/home/.ssh',
    ]);
  });

  test('are not masked twice, nor looked for without a source', () => {
    const own = { type: 'tmpfs', target: '/workspace/.env' };
    const volumes = [bind(source, '/workspace', true), own];
    expect(masksOf({ volumes }).map(({ target }) => target)).not.toContain('/workspace/.env');
    expect(masksOf({})).toEqual([]);
    expect(masksOf({ volumes: [bind(path.join(source, 'gone'), '/gone', true)] })).toEqual([]);
  });

  test('are hidden by mounts that hold nothing and cannot be written to', () => {
    expect(maskMount({ target: '/w/.env', isFolder: false })).toEqual({
      type: 'bind',
      source: '/dev/null',
      target: '/w/.env',
      read_only: true,
      bind: { create_host_path: false },
    });
    expect(maskMount({ target: '/w/.ssh', isFolder: true })).toMatchObject({
      type: 'tmpfs',
      read_only: true,
    });
  });
});

describe('what an image is built from', () => {
  const sandbox = (files: Record<string, string>) =>
    ({ ...sandboxOf(source), files: new Map(Object.entries(files)) }) as OutputSandbox;
  const service = (more: object = {}): DescribedService => ({
    build: { context: path.join(source, 'agent'), ...more },
  });
  const digest = (files: Record<string, string>, more?: object) =>
    inputsDigest(sandbox(files), service(more));
  const FILES = { 'agent/Dockerfile': 'FROM x', 'agent/a': '1', 'compose.yaml': 'x' };

  test('is the same for the same files in any order, whatever lies beside them', () => {
    const turned = { 'compose.yaml': 'y', 'agent/a': '1', 'agent/Dockerfile': 'FROM x' };
    expect(digest(turned)).toBe(digest(FILES));
  });

  test.each([
    ['a file', { ...FILES, 'agent/a': '2' }, {}],
    ['a new file', { ...FILES, 'agent/b': '' }, {}],
    ['an argument', FILES, { args: { VERSION: '2' } }],
    ['another Dockerfile', FILES, { dockerfile: 'Other' }],
    ['another target', FILES, { target: 'base' }],
  ])('differs by %s', (_what, files, more) => {
    expect(digest(files, more)).not.toBe(digest(FILES));
  });

  test.each([
    ['no build', undefined],
    ['the whole folder as context', { context: '' }],
    ['a context elsewhere', { context: '../other' }],
    ['secrets', { context: 'agent', secrets: ['x'] }],
    ['other contexts', { context: 'agent', additional_contexts: { x: '/' } }],
  ])('cannot be told for %s', (_what, build) => {
    const described = build && { build: { ...build, context: path.join(source, build.context) } };
    expect(inputsDigest(sandbox(FILES), { ...described })).toBeUndefined();
  });

  test('is a label of the image that Compose builds, and masks are mounts of the service', () => {
    const agent = { ...service(), volumes: [bind(path.join(source, 'home'), '/home', true)] };
    const { text, inputs, masks } = overrideOf(sandbox(FILES), {
      name: 'lab',
      services: { agent, plain: {} },
    });
    expect(inputs).toEqual({ agent: digest(FILES), plain: undefined });
    expect(masks.plain).toEqual([]);
    expect(JSON.parse(text)).toEqual({
      services: {
        agent: {
          build: { labels: { [INPUTS_LABEL]: digest(FILES) } },
          volumes: [maskMount({ target: '/home/.ssh', isFolder: true })],
        },
        plain: {},
      },
    });
  });
});

/**
 * What Compose itself makes of a generated file: every text comes out of it as it went in. (Needs no
 * container; each call costs a quarter of a second, so that values share a file.)
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import {
  Agent,
  App,
  EnvRef,
  Level1Sandbox,
  Level2Sandbox,
  Level3Sandbox,
  type Sandbox,
} from '../../index';
import { toYaml } from '../../lib/compose/yaml';
import { Template } from '../../lib/testing';
import { AWKWARD_TEXTS, CONTROL_TEXTS } from '../compose/awkward-texts';
import { wellFormedText } from '../core/texts';
import { describeWithEngine } from './support/engine';

const SEED = Date.now();
const TEXTS = [
  ...new Set([
    ...AWKWARD_TEXTS,
    ...CONTROL_TEXTS,
    ...fc.sample(wellFormedText, { numRuns: 400, seed: SEED }),
  ]),
];
/** The specification wants a visible character in a key. */
const KEYS = TEXTS.filter((text) => /.+/.test(text));

let folder: string;
beforeAll(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'compose-config-'))));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** What `docker compose config` reads from a compose file, its own escaping of `$` undone. */
function config(yaml: string, environment: Readonly<Record<string, string>> = {}): Document {
  const file = path.join(folder, 'sandbox.out/demo/docker-compose.yml');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, yaml);
  const json = execFileSync('docker', ['compose', '-f', file, 'config', '--format', 'json'], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(json, (_, value: unknown) => unescapeDollars(value)) as Document;
}

interface Document {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function unescapeDollars(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', '$');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    unescapeDollars(key),
    inner as unknown,
  ]);
  return Object.fromEntries(entries) as unknown;
}

describeWithEngine('docker compose config', () => {
  test(`gives every text back as it was: values, keys and arguments (seed ${SEED})`, () => {
    const environment = Object.fromEntries(TEXTS.map((text, index) => [`KEY_${index}`, text]));
    const labels = Object.fromEntries(KEYS.map((text) => [text, text]));
    const agent = { image: 'x', environment, labels, command: TEXTS };
    const read = config(toYaml({ name: 'demo', services: { agent } })).services.agent!;
    expect(read.environment).toEqual(environment);
    expect(read.labels).toEqual(labels);
    expect(read.command).toEqual(TEXTS);
  });

  test('gives a text that looks like a reference back, and the value of a reference', () => {
    const environment = {
      LITERAL: '${HOME}',
      SET: EnvRef.required('SOME_VALUE', 'some value'),
      UNSET: EnvRef.optional('NO_SUCH_VALUE', 'a b: #c'),
      MIXED: EnvRef.text`$${EnvRef.required('SOME_VALUE', 'some value')}\${X}`,
    };
    const yaml = toYaml({ name: 'demo', services: { agent: { image: 'x', environment } } });
    expect(config(yaml, { SOME_VALUE: 'ä $Y' }).services.agent!.environment).toEqual({
      LITERAL: '${HOME}',
      SET: 'ä $Y',
      UNSET: 'a b: #c',
      MIXED: '$ä $Y${X}',
    });
  });

  test('stops, and says what it is, when a required value is missing', () => {
    const image = EnvRef.required('NO_SUCH_VALUE', 'the image of the agent');
    const yaml = toYaml({ name: 'demo', services: { agent: { image } } });
    expect(() => config(yaml)).toThrow(/NO_SUCH_VALUE.*the image of the agent/);
  });

  test.each([
    ['Level 1', (app: App) => new Level1Sandbox(app, 'demo', { source: '.', environment: tricky })],
    [
      'Level 2',
      (app: App) =>
        new Level2Sandbox(app, 'demo', { source: '.', agents: [Agent.codex(), Agent.copilot()] }),
    ],
    [
      'Level 3',
      (app: App) => new Level3Sandbox(app, 'demo', { source: '.', agents: [Agent.claudeCode()] }),
    ],
  ] as [string, (app: App) => Sandbox][])(
    'reads the walls of a sandbox of %s as they were meant',
    (_, make) => {
      const sandbox = make(new App({ projectDir: folder }));
      const template = Template.fromSandbox(sandbox, { allowFindings: true });
      const { services } = config(template.toYaml());
      expect(Object.keys(services)).toEqual(Object.keys(template.findServices()));
      for (const [name, service] of Object.entries(services)) {
        expect(service).toMatchObject({
          network_mode: 'none',
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
          user: '1000:1000',
          mem_limit: String(4 * 1024 ** 3),
          memswap_limit: String(4 * 1024 ** 3),
          pids_limit: 256,
          cpus: 2,
          ipc: 'private',
          // (It shows a limit of 0 as {}.)
          ulimits: { core: {}, nofile: { soft: 4096, hard: 4096 } },
        });
        // (It shows create_host_path: false as nothing.)
        expect(service.volumes).toContainEqual({
          type: 'bind',
          source: folder,
          target: '/workspace',
          read_only: true,
          bind: {},
        });
        expect(service.tmpfs).toEqual(
          expect.arrayContaining([expect.stringMatching(/^\/tmp:noexec,nosuid,nodev,size=512m,/)]),
        );
        expect(template.toJSON()).toHaveProperty(
          ['services', name, 'labels', 'dev.sandbox-cdk.sandbox'],
          'demo',
        );
      }
    },
  );
});

const tricky = Object.fromEntries(AWKWARD_TEXTS.map((text, index) => [`KEY_${index}`, text]));

/** What the program accepted explains what the folder shows, and nothing else. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { App, Level1Sandbox } from '../../index';
import { requireOutput, type OutputSandbox } from '../../lib/assembly/read';
import { acceptancesIn } from '../../lib/engine/accepted';

let project: string;

beforeEach(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-accepted-'));
  fs.mkdirSync(path.join(project, 'src'));
  const app = new App({ projectDir: project });
  new Level1Sandbox(app, 'lab', { source: 'src' });
  app.synth();
});

afterEach(() => fs.rmSync(project, { recursive: true, force: true }));

function sandbox(change: (service: Record<string, unknown>) => void, ...rules: string[]) {
  const [lab] = requireOutput(path.join(project, 'sandbox.out'), ['lab']).sandboxes;
  const files = new Map(lab!.files);
  const document = parse(files.get('docker-compose.yml')!) as {
    services: { agent: Record<string, unknown> };
  };
  change(document.services.agent);
  files.set('docker-compose.yml', stringify(document));
  const acknowledged = rules.map((rule) => ({ rule, construct: 'lab/agent', reason: 'a test' }));
  return { ...lab!, files, manifest: { ...lab!.manifest, acknowledged } } as OutputSandbox;
}

function noLimit(service: Record<string, unknown>): void {
  delete service.pids_limit;
}

test('a wall that the folder leaves out is accepted with its reason', () => {
  expect(acceptancesIn(sandbox(noLimit, 'pids-limit-missing'))('K4', 'agent')).toEqual([
    { rule: 'pids-limit-missing', reason: 'a test' },
  ]);
});

test.each<[string, OutputSandboxOf, string]>([
  ['nobody accepted it', () => sandbox(noLimit), 'K4'],
  ['the folder has the wall', () => sandbox(() => undefined, 'pids-limit-missing'), 'K4'],
  ['another service accepted it', () => sandbox(noLimit, 'pids-limit-missing'), 'K4'],
  ['it is a matter of what is found', () => sandbox(() => undefined, 'image-not-pinned'), 'K8'],
  [
    'one of two faults was not accepted',
    () =>
      sandbox(
        (service) => Object.assign(service, { cap_add: ['SYS_ADMIN'], user: 'root' }),
        'root-user',
      ),
    'K1',
  ],
])('nothing is accepted where %s', (why, of, row) => {
  expect(acceptancesIn(of())(row, why.startsWith('another') ? 'other' : 'agent')).toEqual([]);
});

type OutputSandboxOf = () => OutputSandbox;

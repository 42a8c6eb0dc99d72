/** The presets as they are, against the rules as they are. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { synthesize } from '../../lib/assembly/synthesize';
import { SynthesisError } from '../../lib/core/errors';
import { Agent, App, Level1Sandbox, Level2Sandbox, Level3Sandbox } from '../../index';

let projectDir: string;
beforeEach(() => {
  projectDir = fs.mkdtempSync(path.join(os.tmpdir(), 'presets-'));
  fs.mkdirSync(path.join(projectDir, 'src'));
});
afterEach(() => fs.rmSync(projectDir, { recursive: true, force: true }));

const agents = [Agent.claudeCode(), Agent.codex()];
const rulesOf = (findings: readonly { rule: string }[]) => [
  ...new Set(findings.map(({ rule }) => rule)),
];

test('a Level 1 sandbox has no error and no warning', () => {
  const app = new App({ projectDir });
  new Level1Sandbox(app, 'demo', { source: '.', agents: [Agent.claudeCode()] });
  const { findings } = synthesize(app);
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
});

test('a Level 2 sandbox with two agents has no error, and is warned of its logs and images', () => {
  const app = new App({ projectDir });
  new Level2Sandbox(app, 'demo', { source: 'src', agents });
  const { findings } = synthesize(app);
  const shown = findings.filter(({ severity }) => severity !== 'note');
  expect(shown.map(({ severity }) => severity)).not.toContain('error');
  expect(rulesOf(shown)).toEqual(['audit-logging-missing', 'image-not-pinned']);
});

test('a Level 3 sandbox asks for a log server and for digests, and for nothing else', () => {
  const app = new App({ projectDir });
  new Level3Sandbox(app, 'demo', { source: 'src', agents });
  let findings: SynthesisError['findings'] = [];
  try {
    synthesize(app);
  } catch (error) {
    if (!(error instanceof SynthesisError)) throw error;
    ({ findings } = error);
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(rulesOf(errors)).toEqual(['audit-logging-missing', 'image-not-pinned']);
});

// Synthesizing what is already there must write nothing: a file that keeps its inode and its time of
// modification wakes no watcher, no build cache and no backup.
import { join } from 'node:path';
import type { Case } from '../lib/case';
import { measure } from '../lib/measure';
import { changedFiles, expectSandboxes, snapshot } from '../lib/output';

export const unchanged: Case = {
  name: 'unchanged',
  title: 'Synthesis again over an unchanged output folder',
  run({ quick, project, temporary }) {
    const count = quick ? 2000 : 10_000;
    const output = join(temporary, 'again');
    const program = project.many(
      `sandbox-cdk synth again, ${count.toLocaleString('en-US')}`,
      count,
      output,
    );
    const first = { ...program, name: 'sandbox-cdk synth, the first time' };
    const [fresh] = measure([first], { rounds: 1, warmUps: 0, seconds: 0 });
    expectSandboxes(first.name, output, count);

    const before = snapshot(output);
    const [again] = measure([program], { rounds: quick ? 2 : 3, warmUps: 0, seconds: 30 });
    const changed = changedFiles(before, snapshot(output));
    return {
      series: [fresh!, again!],
      checks: [
        {
          what: `files written again, of ${before.size.toLocaleString('en-US')}`,
          value: changed,
          unit: ' files',
          atMost: 0,
        },
      ],
      notes: ['A file counts as written when its inode, time of modification or size has changed.'],
    };
  },
};

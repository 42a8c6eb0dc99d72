// One Level 1 sandbox from TypeScript, nothing changed since the last run: what a developer types all
// day. The floor is `node -e 0`, because nothing that runs on Node can be faster.
import { join } from 'node:path';
import type { Case } from '../lib/case';
import { measure } from '../lib/measure';
import { ratio } from '../lib/statistics';

export const oneSandbox: Case = {
  name: 'one',
  title: 'One Level 1 sandbox from TypeScript, unchanged since the last run',
  run({ quick, project, cdk8s, temporary }) {
    const [node, ours] = measure(
      [
        { name: 'node -e 0', command: [process.execPath, '-e', '0'], cwd: temporary },
        project.one('sandbox-cdk synth'),
      ],
      { rounds: quick ? 7 : 21, warmUps: 2, seconds: 60 },
    );
    const [beside, template, compiled] = measure(
      [
        project.one('sandbox-cdk synth, beside cdk8s'),
        cdk8s.synth('cdk8s synth, template, one chart'),
        cdk8s.run('cdk8s compiled, without its command, one chart', 1, join(temporary, 'one')),
      ],
      { rounds: quick ? 2 : 7, warmUps: 1, seconds: 60 },
    );
    return {
      series: [node!, ours!, beside!, template!, compiled!],
      checks: [
        {
          what: 'sandbox-cdk synth, as a multiple of node -e 0 (aim: 1.6)',
          value: ratio(ours!, node!),
          unit: '×',
          atMost: 2.5,
        },
        {
          what: 'cdk8s synth (template), as a multiple of sandbox-cdk synth',
          value: ratio(template!, beside!),
          unit: '×',
          atLeast: 12,
        },
        {
          what: 'cdk8s compiled without its command, as a multiple of sandbox-cdk synth',
          value: ratio(compiled!, beside!),
          unit: '×',
        },
      ],
      notes: [
        'sandbox-cdk keeps the compiled program until a source changes; cdk8s has no such cache,' +
          ' and its template starts npx, ts-node and the type checker in every run.',
        'cdk8s compiled is the least that cdk8s can cost: a built JavaScript program, no command.',
      ],
    };
  },
};

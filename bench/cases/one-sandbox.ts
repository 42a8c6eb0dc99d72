// One Level 1 sandbox from TypeScript, nothing changed since the last run: what a developer types all
// day. The floor is `node -e 0`, because nothing written in JavaScript can be faster.
import { join } from 'node:path';
import type { Case } from '../lib/case';
import { intoFreshFolder } from '../lib/output';
import { ratio } from '../lib/statistics';

export const oneSandbox: Case = {
  name: 'one',
  title: 'One Level 1 sandbox from TypeScript, unchanged',
  run({ quick, project, cdk8s, temporary }) {
    const output = join(temporary, 'one-chart');
    const programs = [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'], cwd: temporary },
      project.one('sandbox-cdk synth'),
    ];
    return { series: [], checks: [], notes: [] };
  },
};

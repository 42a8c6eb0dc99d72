// Many sandboxes in one app, beside the same number of charts in one compiled cdk8s app.
import { join } from 'node:path';
import type { Case } from '../lib/case';
import { measure } from '../lib/measure';
import { intoFreshFolder } from '../lib/output';
import { ratio } from '../lib/statistics';

const COUNT = 1000;

export const thousand: Case = {
  name: 'thousand',
  title: '1,000 sandboxes in one app, into a fresh folder',
  run({ quick, project, cdk8s, temporary }) {
    const ours = join(temporary, 'sandboxes');
    const theirs = join(temporary, 'charts');
    const [sandboxes, charts] = measure(
      [
        intoFreshFolder(project.many('sandbox-cdk synth, 1,000', COUNT, ours), ours, COUNT),
        intoFreshFolder(cdk8s.run('cdk8s compiled, 1,000 charts', COUNT, theirs), theirs, COUNT),
      ],
      { rounds: quick ? 2 : 5, warmUps: 1, seconds: 40 },
    );
    return {
      series: [sandboxes!, charts!],
      checks: [
        {
          what: 'sandbox-cdk, as a multiple of compiled cdk8s',
          value: ratio(sandboxes!, charts!),
          unit: '×',
          atMost: 1,
        },
      ],
      notes: [
        'sandbox-cdk runs as its command; cdk8s without its command, which is in its favour. ' +
          'cdk8s writes one file a chart, sandbox-cdk a folder of several files a sandbox.',
      ],
    };
  },
};

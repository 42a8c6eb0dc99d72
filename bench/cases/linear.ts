// Ten times the sandboxes may cost ten times the time, and no more: a quadratic walk would show here.
// cdk8s is not run at this size, because its time grows with the square of the number of charts.
import { join } from 'node:path';
import type { Case } from '../lib/case';
import { measure } from '../lib/measure';
import { intoFreshFolder } from '../lib/output';
import { ratio } from '../lib/statistics';

const SMALL = 1000;
/** 11 for ten times the number: linear, with a tenth for the noise of a file system. */
const ALLOWANCE = 1.1;

export const linear: Case = {
  name: 'linear',
  title: 'Time and memory as the number of sandboxes grows',
  run({ quick, project, temporary }) {
    const large = quick ? 2000 : 10_000;
    const [few, many] = measure(
      [SMALL, large].map((count) => {
        const output = join(temporary, String(count));
        const name = `sandbox-cdk synth, ${count.toLocaleString('en-US')}`;
        return intoFreshFolder(project.many(name, count, output), output, count);
      }),
      { rounds: quick ? 2 : 3, warmUps: 0, seconds: 50 },
    );
    return {
      series: [few!, many!],
      checks: [
        {
          what: `time of ${many!.name}, as a multiple of ${SMALL.toLocaleString('en-US')}`,
          value: ratio(many!, few!),
          unit: '×',
          atMost: (large / SMALL) * ALLOWANCE,
        },
        {
          what: `peak memory of ${many!.name}`,
          value: many!.peakMegabytes,
          unit: ' MB',
          atMost: 500,
        },
      ],
      notes: [
        'No warm-up: every run writes all files new. Much of the time is the file system creating them.',
      ],
    };
  },
};

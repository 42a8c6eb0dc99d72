// The smallest program inside, beside the same through docker.
import type { Case } from '../lib/case';
import { measure } from '../lib/measure';
import { difference } from '../lib/statistics';

export const exec: Case = {
  name: 'exec',
  title: 'Run `true` inside',
  run({ quick, engine, temporary }) {
    engine.run('start', 'bench-one');
    const container = engine.container('bench-one');
    const [node, ours, docker] = measure(
      [
        { name: 'node -e 0', command: [process.execPath, '-e', '0'], cwd: temporary },
        engine.program('sandbox-cdk exec', ['exec', 'bench-one', '--', 'true']),
        {
          name: 'docker exec',
          command: ['docker', 'exec', container, 'true'],
          cwd: engine.directory,
        },
      ],
      { rounds: quick ? 7 : 21, warmUps: 2, seconds: 60 },
    );
    return {
      series: [node!, ours!, docker!],
      checks: [
        {
          what: 'sandbox-cdk exec, beyond docker exec',
          value: difference(ours!, docker!) / 1000,
          unit: ' s',
          atMost: 0.15,
        },
      ],
      notes: [
        'Most of the difference is Node itself, which takes as long to start as `node -e 0` says.',
      ],
    };
  },
};

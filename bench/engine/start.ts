// From nothing running to every wall proven, with the images built: what a person waits for each time.
import type { Case } from '../lib/case';
import { docker } from '../lib/engine-project';
import { measure } from '../lib/measure';
import { difference, median } from '../lib/statistics';

const SANDBOX = 'bench-one';
const PROJECT = 'bench-plain';

export const start: Case = {
  name: 'start',
  title: 'Start one sandbox and prove its walls, image built',
  run({ quick, engine }) {
    engine.run('start', SANDBOX);
    const compose = ['compose', '-p', PROJECT, '-f', engine.composeFile(SANDBOX)];
    docker(...compose, 'build', '--quiet');
    const down = (): void => engine.removeContainers(SANDBOX);
    const [ours, plain] = measure(
      [
        engine.program('sandbox-cdk start', ['start', SANDBOX], { prepare: down }),
        {
          name: 'docker compose up --wait',
          command: ['docker', ...compose, 'up', '--detach', '--wait'],
          cwd: engine.directory,
          prepare: down,
        },
      ],
      { rounds: quick ? 3 : 9, warmUps: 1, seconds: 180 },
    );
    docker(...compose, 'down', '--timeout', '0', '--rmi', 'local');
    return {
      series: [ours!, plain!],
      checks: [
        {
          what: 'sandbox-cdk start, median',
          value: median(ours!.milliseconds) / 1000,
          unit: ' s',
          atMost: 3,
        },
        {
          what: 'sandbox-cdk start, beyond docker compose up --wait',
          value: difference(ours!, plain!) / 1000,
          unit: ' s',
          atMost: 2,
        },
      ],
      notes: [
        'Compose waits for the engine to run the health check itself, which an engine does some seconds' +
          ' after the start; sandbox-cdk runs the same check, and all its probes, as soon as the container runs.',
      ],
    };
  },
};

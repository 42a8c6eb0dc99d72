// Twenty sandboxes, each started by a process of its own at the same moment: none may be lost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Case } from '../lib/case';
import { cleanEnvironment, type Program } from '../lib/measure';

const NAMES = Array.from(
  { length: 20 },
  (_, index) => `bench-${String(index + 1).padStart(2, '0')}`,
);

export const twenty: Case = {
  name: 'twenty',
  title: '20 sandboxes started at once',
  async run({ engine }) {
    engine.run('start', ...NAMES); // builds the images
    engine.run('stop', ...NAMES);
    const begin = Date.now();
    const codes = await Promise.all(
      NAMES.map((name) => ended(engine.program(name, ['start', name]))),
    );
    const milliseconds = Date.now() - begin;
    const { sandboxes } = JSON.parse(engine.run('status', ...NAMES, '--json')) as {
      sandboxes: { services: { state: string }[] }[];
    };
    const running = sandboxes.filter(({ services }) =>
      services.every(({ state }) => state === 'running'),
    );
    engine.run('stop', ...NAMES);
    return {
      series: [
        { name: 'all twenty', milliseconds: [milliseconds], cpuMilliseconds: [], peakMegabytes: 0 },
      ],
      checks: [
        {
          what: 'started and validated',
          value: codes.filter((code) => code === 0).length,
          unit: ' sandboxes',
          atLeast: NAMES.length,
        },
        {
          what: 'running afterwards',
          value: running.length,
          unit: ' sandboxes',
          atLeast: NAMES.length,
        },
      ],
      notes: [
        'Twenty processes of sandbox-cdk and their Compose share two processors with the engine.',
      ],
    };
  },
};

async function ended({ command, cwd }: Program): Promise<number> {
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

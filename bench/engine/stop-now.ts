// The emergency stop: from the request until the engine says that the container is frozen.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Case } from '../lib/case';
import { cleanEnvironment } from '../lib/measure';
import { median } from '../lib/statistics';

const SANDBOX = 'bench-one';

export const stopNow: Case = {
  name: 'stop-now',
  title: 'Emergency stop',
  async run({ quick, engine }) {
    const { command, cwd } = engine.program('', ['stop', SANDBOX, '--now']);
    const frozen: number[] = [];
    const whole: number[] = [];
    for (let round = 0; round < (quick ? 3 : 9); round++) {
      engine.run('start', SANDBOX);
      const { pausedAt } = await watchForPause(engine.container(SANDBOX));
      const asked = Date.now();
      const result = spawnSync(command[0]!, command.slice(1), { cwd, env: cleanEnvironment() });
      if (result.status !== 0) throw new Error(`stop --now: ${result.stderr.toString()}`);
      whole.push(Date.now() - asked);
      frozen.push((await pausedAt) - asked);
    }
    const series = (name: string, milliseconds: number[]) => ({
      name,
      milliseconds,
      cpuMilliseconds: [],
      peakMegabytes: 0,
    });
    return {
      series: [
        series('request to frozen', frozen),
        series('sandbox-cdk stop --now, to its end', whole),
      ],
      checks: [
        {
          what: 'request to frozen, median',
          value: median(frozen) / 1000,
          unit: ' s',
          atMost: 0.3,
        },
      ],
      notes: ['From the start of our process to the time that the engine gives its `pause` event.'],
    };
  },
};

/** Listens to the engine; gives the time of the next pause, in milliseconds, once there is one. */
async function watchForPause(container: string): Promise<{ pausedAt: Promise<number> }> {
  const args = ['--filter', `container=${container}`, '--filter', 'event=pause'];
  // From now on: an event that comes before the connection stands is told as well.
  const since = (Date.now() / 1000).toFixed(3);
  const events = spawn(
    'docker',
    ['events', '--since', since, ...args, '--format', '{{.TimeNano}}'],
    {
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(events, 'spawn');
  const pausedAt = once(events.stdout, 'data').then(([line]) => {
    events.kill();
    return Number(BigInt(String(line).trim().split('\n')[0]!) / 1_000_000n);
  });
  return { pausedAt };
}

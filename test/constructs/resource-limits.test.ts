import * as fc from 'fast-check';
import { ResourceLimits, type ResourceLimitsProps } from '../../constructs';
import { Size } from '../../lib/core/size';
import { agentIn, lab, problemsOf, rendered } from './lab';

function limitsOf(resources?: ResourceLimitsProps) {
  return rendered(agentIn(lab(), { resources }));
}

test('a service has limits without being asked', () => {
  expect(limitsOf()).toMatchObject({
    cpus: 2,
    mem_limit: '4g',
    memswap_limit: '4g',
    pids_limit: 256,
    shm_size: '64m',
    ulimits: { nofile: { soft: 4096, hard: 4096 }, core: 0 },
  });
});

test('each limit can be changed on its own', () => {
  expect(limitsOf({ cpus: 0.5 })).toMatchObject({ cpus: 0.5, mem_limit: '4g', pids_limit: 256 });
  expect(limitsOf({ pids: 8 })).toMatchObject({ pids_limit: 8 });
  expect(limitsOf({ openFiles: 64 })).toMatchObject({
    ulimits: { nofile: { soft: 64, hard: 64 } },
  });
  expect(limitsOf({ sharedMemory: Size.kibibytes(4) })).toMatchObject({ shm_size: '4k' });
});

test('swap is off, whatever the memory', () => {
  fc.assert(
    fc.property(fc.integer({ min: 64 * 1024 ** 2, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
      const { memLimit, memswapLimit } = new ResourceLimits({ memory: Size.bytes(bytes) }).render();
      expect(memLimit).toBe(Size.bytes(bytes).toCompose());
      expect(memswapLimit).toBe(memLimit);
    }),
  );
});

test.each([
  ['cpus', 0, 'at least 0.01'],
  ['cpus', '2', 'a number'],
  ['cpus', Infinity, 'a number'],
  ['cpus', 5000, 'at most 4096'],
  ['memory', Size.mebibytes(63), 'at least 64 MiB'],
  ['memory', '4g', 'a Size, such as Size.gibibytes(4)'],
  ['pids', 7, 'at least 8'],
  ['pids', -1, 'at least 8'],
  ['pids', 8.5, 'a whole number'],
  ['openFiles', 63, 'at least 64'],
  ['sharedMemory', Size.bytes(1), 'at least 4 KiB'],
])('%s refuses %p: allowed is %s', (prop, value, allowed) => {
  expect(problemsOf(() => new ResourceLimits({ [prop]: value }))).toEqual([
    expect.stringContaining(`ResourceLimits: ${prop}: received `),
  ]);
  expect(problemsOf(() => new ResourceLimits({ [prop]: value }))[0]).toContain(
    `allowed: ${allowed}`,
  );
});

test('wrong limits of a service are told by their path', () => {
  expect(problemsOf(() => limitsOf({ cpus: 0, memmory: 1 } as never))).toEqual([
    'SandboxService: resources.cpus: received 0; allowed: at least 0.01; change resources.cpus',
    'SandboxService: there is no prop resources.memmory; known: cpus, memory, pids, openFiles, sharedMemory; did you mean memory?',
  ]);
});

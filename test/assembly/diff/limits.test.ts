import { checkRows, type Row } from './rows';

const rows: Row[] = [
  [{ mem_limit: '4g' }, { mem_limit: '8g' }, 'broadens', 'agent may use more memory: 8g (was 4g)'],
  [
    { mem_limit: '4g' },
    { mem_limit: '512m' },
    'narrows',
    'agent may use less memory: 512m (was 4g)',
  ],
  [{ mem_limit: '4g' }, {}, 'broadens', 'agent has no limit on memory (was 4g)'],
  [{ mem_limit: '4g' }, { mem_limit: 0 }, 'broadens', 'agent has no limit on memory (was 4g)'],
  [{}, { mem_limit: '4g' }, 'narrows', 'agent may use less memory: 4g (was unlimited)'],
  [
    { mem_limit: '4g' },
    { mem_limit: 4294967296 },
    'neutral',
    'agent: memory is now 4294967296 (was 4g)',
  ],
  [
    { mem_limit: '4g' },
    { mem_limit: '${MEM:-4g}' },
    'broadens',
    'agent: the limit on memory is ${MEM:-4g} now (was 4g)',
  ],
  [
    { mem_limit: '${MEM:-4g}' },
    { mem_limit: '4g' },
    'narrows',
    'agent: the limit on memory is 4g now (was ${MEM:-4g})',
  ],
  [
    { memswap_limit: '4g' },
    { memswap_limit: -1 },
    'broadens',
    'agent has no limit on memory and swap together (was 4g)',
  ],
  [{ cpus: 2 }, { cpus: '2.5' }, 'broadens', 'agent may use more CPU: 2.5 (was 2)'],
  [
    { pids_limit: 256 },
    { pids_limit: -1 },
    'broadens',
    'agent has no limit on processes (was 256)',
  ],
  [
    { pids_limit: 256 },
    { pids_limit: 100 },
    'narrows',
    'agent may use fewer processes: 100 (was 256)',
  ],
  [
    { shm_size: '64m' },
    { shm_size: '128m' },
    'broadens',
    'agent may use more shared memory: 128m (was 64m)',
  ],
  [
    { shm_size: '16m' },
    {},
    'broadens',
    "agent may use more shared memory: the engine's default (was 16m)",
  ],
  [
    { ulimits: { nofile: { soft: 10, hard: 20 } } },
    { ulimits: { nofile: { soft: 10, hard: 30 } } },
    'broadens',
    'agent may use more open files: 30 (was 20)',
  ],
  [
    { ulimits: { core: 0 } },
    { ulimits: {} },
    'broadens',
    'agent has no limit on memory in core dumps (was 0)',
  ],
  [
    { ulimits: { nofile: 20 } },
    { ulimits: { nofile: { soft: 20, hard: 20 } } },
    'neutral',
    'agent: ulimit nofile is now {"soft":20,"hard":20} (was 20)',
  ],
  [
    { deploy: { resources: { limits: { memory: '1g' } } } },
    { deploy: { resources: { limits: { memory: '2g' } } } },
    'broadens',
    'agent may use more memory: 2g (was 1g)',
  ],
  [
    { deploy: { resources: { limits: { pids: 5 } } } },
    {},
    'broadens',
    'agent has no limit on processes (was 5)',
  ],
  [{}, { deploy: { replicas: 2 } }, 'neutral', 'agent: deploy replicas is now 2'],
  [{}, { oom_kill_disable: true }, 'broadens', 'agent is not stopped when memory runs out'],
  [{}, { oom_kill_disable: 'yes' }, 'broadens', 'agent is not stopped when memory runs out'],
];

checkRows('a difference in limits', rows);

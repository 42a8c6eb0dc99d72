import { checkRows, type Row } from './rows';

const D = `@sha256:${'0'.repeat(64)}`;

const rows: Row[] = [
  [
    { healthcheck: { test: ['CMD', 'x'] } },
    {},
    'broadens',
    'agent: its health is not checked any more',
  ],
  [
    { healthcheck: { test: ['CMD', 'x'] } },
    { healthcheck: { disable: true } },
    'broadens',
    'agent: its health is not checked any more',
  ],
  [
    { healthcheck: { test: ['CMD', 'x'] } },
    { healthcheck: { test: ['NONE'] } },
    'broadens',
    'agent: its health is not checked any more',
  ],
  [{}, { healthcheck: { test: 'x' } }, 'narrows', 'agent: its health is checked now'],
  [
    { healthcheck: { test: 'x', interval: '30s' } },
    { healthcheck: { test: 'x', interval: '1h' } },
    'neutral',
    'agent: health check interval is now 1h (was 30s)',
  ],
  [
    { logging: { driver: 'json-file' } },
    { logging: { driver: 'none' } },
    'broadens',
    'agent leaves no log any more',
  ],
  [
    { logging: { driver: 'none' } },
    { logging: { driver: 'local' } },
    'narrows',
    'agent leaves a log now',
  ],
  [
    { logging: { driver: 'syslog' } },
    { logging: { driver: 'local' } },
    'neutral',
    'agent: logging driver is now local (was syslog)',
  ],
  [
    { logging: { options: { 'max-size': '1m' } } },
    { logging: { options: { 'max-size': '2m' } } },
    'neutral',
    'agent: logging max-size is now 2m (was 1m)',
  ],
  [
    { logging: { options: {} } },
    { logging: { options: { mode: 'non-blocking' } } },
    'broadens',
    'agent: log records may be lost now',
  ],
  [
    { image: `a${D}` },
    { image: 'a:1' },
    'broadens',
    `agent: the image is a:1 now, which no digest pins (was a${D})`,
  ],
  [{ image: 'a:1' }, { image: 'b:1' }, 'neutral', 'agent: the image is b:1 now (was a:1)'],
  [
    { build: {} },
    { build: { privileged: true } },
    'broadens',
    'agent is built with privileges now',
  ],
  [
    { build: {} },
    { build: { ssh: ['default'] } },
    'broadens',
    'agent is built with the SSH key default now',
  ],
  [
    { build: { secrets: ['a'] } },
    { build: {} },
    'narrows',
    'agent is built without the secret a now',
  ],
  [
    { build: {} },
    { build: { additional_contexts: { home: '/root' } } },
    'broadens',
    'agent is also built from /root now',
  ],
  [
    { build: { args: { A: '1' } } },
    { build: { args: { A: '2' } } },
    'neutral',
    'agent: build argument A is now 2 (was 1)',
  ],
  [
    { environment: { A: '1' } },
    { environment: { A: '2' } },
    'neutral',
    'agent: environment variable A is 2 now (was 1)',
  ],
  [
    { environment: ['A=1=2'] },
    { environment: { A: '1=2', B: '' } },
    'neutral',
    'agent: environment variable B is "" now',
  ],
  [{}, { env_file: '.env' }, 'neutral', 'agent: environment from is now .env'],
  [{ labels: { a: 'b' } }, {}, 'neutral', 'agent: label a is not set any more'],
  [
    { command: ['a', 'b'] },
    { command: ['a'] },
    'neutral',
    'agent: command is now ["a"] (was ["a","b"])',
  ],
  [
    {},
    { post_start: [{ command: 'x', user: 'root' }] },
    'broadens',
    'agent runs other hooks now: [{"command":"x","user":"root"}]',
  ],
  [
    {},
    { extends: { file: 'x.yml', service: 'y' } },
    'broadens',
    'agent takes settings from {"file":"x.yml","service":"y"} now',
  ],
  [{}, { 'x-new': { deep: { er: 1 } } }, 'neutral', 'agent: x-new is now {"deep":{"er":1}}'],
  [{ sysctls: { a: 1 } }, {}, 'neutral', 'agent: kernel setting a is not set any more'],
  [{}, { constructor: 'x' }, 'neutral', 'agent: constructor is now x'],
];

checkRows('a difference in everything else', rows);

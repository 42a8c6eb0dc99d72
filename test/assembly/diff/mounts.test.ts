import { checkRows, type Row } from './rows';

const src = { type: 'bind', source: '../src', target: '/workspace', read_only: true };
const data = { type: 'volume', source: 'data', target: '/data' };
const mask = { type: 'bind', source: '/dev/null', target: '/workspace/.env', read_only: true };
const with_ = (mount: object, other: object) => ({ volumes: [{ ...mount, ...other }] });

const rows: Row[] = [
  [
    { volumes: [src] },
    with_(src, { read_only: false }),
    'broadens',
    'agent can now write to /workspace (was read-only)',
  ],
  [
    with_(src, { read_only: 'yes' }),
    with_(src, { read_only: 'no' }),
    'broadens',
    'agent can now write to /workspace (was read-only)',
  ],
  [
    with_(src, { read_only: undefined }),
    { volumes: [src] },
    'narrows',
    'agent can no longer write to /workspace',
  ],
  [
    { volumes: ['../src:/workspace:ro'] },
    { volumes: ['../src:/workspace'] },
    'broadens',
    'agent can now write to /workspace (was read-only)',
  ],
  [{}, { volumes: [src] }, 'broadens', 'agent can now read ../src of the host at /workspace'],
  [{}, { volumes: [data] }, 'broadens', 'agent can now write to /data, which is the volume data'],
  [{}, { volumes: ['/scratch'] }, 'broadens', 'agent can now write to /scratch, which is a volume'],
  [
    {},
    { volumes: ['${HOME:?home}:/home:ro,z'] },
    'broadens',
    'agent can now read ${HOME:?home} of the host at /home',
  ],
  [{ volumes: [src] }, {}, 'narrows', 'agent has nothing mounted at /workspace any more'],
  [
    { volumes: [src] },
    with_(src, { source: '..' }),
    'broadens',
    'agent sees more of the host at /workspace: .. (was ../src)',
  ],
  [
    { volumes: [src] },
    with_(src, { source: '../src/lib/' }),
    'narrows',
    'agent sees less of the host at /workspace: ../src/lib/ (was ../src)',
  ],
  [
    with_(src, { source: '../..' }),
    with_(src, { source: '../../..' }),
    'broadens',
    'agent sees more of the host at /workspace: ../../.. (was ../..)',
  ],
  [
    { volumes: [src] },
    with_(src, { source: '../other' }),
    'broadens',
    'agent sees something else of the host at /workspace: ../other (was ../src)',
  ],
  [
    with_(src, { source: '/srv/app/src' }),
    with_(src, { source: '/' }),
    'broadens',
    'agent sees more of the host at /workspace: / (was /srv/app/src)',
  ],
  [
    with_(src, { source: '~/src' }),
    with_(src, { source: '~' }),
    'broadens',
    'agent sees more of the host at /workspace: ~ (was ~/src)',
  ],
  [
    { volumes: [src] },
    with_(src, { source: '/dev/null' }),
    'narrows',
    'agent sees nothing at /workspace: /dev/null (was ../src)',
  ],
  [
    { volumes: [data] },
    with_(data, { source: 'other' }),
    'neutral',
    'agent has another volume at /data: other (was data)',
  ],
  [
    { volumes: [data] },
    with_(data, { type: 'bind', source: '/srv' }),
    'broadens',
    'agent has /srv of the host at /data now (was the volume data)',
  ],
  [
    { volumes: [src] },
    with_(src, { bind: { propagation: 'rshared' } }),
    'broadens',
    'agent: mounts below /workspace pass between it and the host now',
  ],
  [
    with_(src, { bind: { create_host_path: false } }),
    { volumes: [src] },
    'broadens',
    'agent: a missing source of /workspace is made as root now',
  ],
  [
    with_(src, { bind: {} }),
    with_(src, { bind: { create_host_path: false } }),
    'narrows',
    'agent: a missing source of /workspace stops the start now',
  ],
  [
    with_(data, { volume: { subpath: 'a' } }),
    with_(data, { volume: {} }),
    'broadens',
    'agent sees the whole of it at /data now',
  ],
  [
    with_(src, { bind: { selinux: 'z' } }),
    with_(src, { bind: { selinux: 'Z' } }),
    'neutral',
    'agent: mount at /workspace: bind selinux is now Z (was z)',
  ],
  [
    { volumes: [src, mask] },
    { volumes: [src] },
    'broadens',
    '/workspace/.env is no longer hidden from agent',
  ],
  [
    { volumes: [src] },
    { volumes: [src, mask] },
    'narrows',
    '/workspace/.env is hidden from agent now',
  ],
  [
    { volumes: [src], tmpfs: ['/workspace/.git:size=0'] },
    { volumes: [src] },
    'broadens',
    '/workspace/.git is no longer hidden from agent',
  ],
  [
    {
      volumes: [
        { ...src, read_only: false },
        { ...src, source: '../src/.git', target: '/workspace/.git' },
      ],
    },
    { volumes: [{ ...src, read_only: false }] },
    'broadens',
    'agent can now write to /workspace/.git (was read-only in /workspace)',
  ],
  [{}, { tmpfs: ['/tmp:size=64m'] }, 'broadens', 'agent can now write to /tmp, in memory'],
  [
    {},
    { tmpfs: '/tmp' },
    'broadens',
    'agent can now fill the memory through /tmp, which has no size',
  ],
  [{ tmpfs: ['/tmp:size=64m'] }, {}, 'narrows', 'agent has nothing mounted at /tmp any more'],
  [
    { tmpfs: ['/tmp:size=64m'] },
    { tmpfs: ['/tmp:size=1g'] },
    'broadens',
    'agent may use more memory at /tmp: 1g (was 64m)',
  ],
  [
    { tmpfs: ['/tmp:size=64m,mode=1777'] },
    { tmpfs: ['/tmp:mode=1777'] },
    'broadens',
    'agent has no limit on memory at /tmp (was 64m)',
  ],
  [
    { tmpfs: ['/tmp:size=64m,nr_inodes=10'] },
    { tmpfs: ['/tmp:size=64m,nr_inodes=9'] },
    'narrows',
    'agent may use fewer files at /tmp: 9 (was 10)',
  ],
  [
    { tmpfs: ['/tmp:noexec,size=1m'] },
    { tmpfs: ['/tmp:exec,size=1m'] },
    'broadens',
    'agent can now execute programs in /tmp',
  ],
  [
    { tmpfs: ['/tmp:size=1m,suid'] },
    { tmpfs: ['/tmp:size=1m'] },
    'narrows',
    'agent can no longer use setuid programs in /tmp',
  ],
  [
    { tmpfs: ['/tmp:size=1m'] },
    { tmpfs: ['/tmp:size=1m,ro'] },
    'narrows',
    'agent can no longer write to /tmp',
  ],
  [
    { tmpfs: ['/tmp:size=1m,uid=${A:-1}'] },
    { tmpfs: ['/tmp:size=1m,uid=${B:-1}'] },
    'neutral',
    'agent: tmpfs at /tmp is now size=1m,uid=${B:-1} (was size=1m,uid=${A:-1})',
  ],
  [{}, { volumes_from: ['web'] }, 'broadens', 'agent has the mounts of ["web"] now'],
  [{}, { secrets: ['key'] }, 'broadens', 'agent can now read the secret key'],
];

checkRows('a difference in mounts', rows, /something else/);

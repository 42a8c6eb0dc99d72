import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from '../../constructs/agent';
import { SandboxImage, type SandboxImageProps } from '../../constructs/sandbox-image';
import { EnvRef } from '../../lib/core/env-ref';
import { asset } from '../../lib/templates/render';
import type { Dockerfile } from '../../lib/testing/dockerfile/dockerfile';
import {
  accepted,
  ALL_AGENTS,
  CERTIFICATE_ONE,
  dockerfileOf,
  rendered,
  TOOL_FOLDER,
  wordsOf,
} from './image/samples';
import { problemsOf } from './lab';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const PLAIN = SandboxImage.debian('trixie');

/** Text and position of the instructions of one keyword. */
function positions(dockerfile: Dockerfile, pattern: RegExp): number[] {
  return dockerfile.instructions.flatMap(({ keyword, arguments: text }, index) =>
    pattern.test(`${keyword} ${text}`) ? [index] : [],
  );
}

describe('the base image', () => {
  test('is slim Debian, or one that somebody names with its tag', () => {
    expect(dockerfileOf(PLAIN).from).toBe('debian:trixie-slim');
    expect(dockerfileOf(SandboxImage.from('registry.example.com:5000/team/base:2.1')).from).toBe(
      'registry.example.com:5000/team/base:2.1',
    );
  });

  test('is pinned by a digest, wherever it is given', () => {
    const pinned = [
      SandboxImage.debian('trixie', { digest: DIGEST }),
      PLAIN.pinnedTo(DIGEST),
      SandboxImage.from(`debian:trixie-slim@${DIGEST}`),
      SandboxImage.from('debian:trixie-slim').pinnedTo(DIGEST),
    ];
    for (const image of pinned) {
      expect([image.reference, image.digest]).toEqual(['debian:trixie-slim', DIGEST]);
      expect(dockerfileOf(image).from).toBe(`debian:trixie-slim@${DIGEST}`);
    }
    expect(PLAIN.digest).toBeUndefined();
  });

  test('is named in one place, also where it is built in stages', () => {
    const { dockerfile } = rendered(PLAIN.withAgents(...ALL_AGENTS).pinnedTo(DIGEST));
    expect(dockerfile.match(/trixie/g)).toHaveLength(1);
  });

  test('of somebody else is worked on as root, whatever user it has', () => {
    expect(dockerfileOf(SandboxImage.from('team/base:1')).stages[0]!.instructions[0]).toMatchObject(
      {
        keyword: 'USER',
        arguments: 'root',
      },
    );
    expect(positions(dockerfileOf(PLAIN), /^USER root/)).toEqual([]);
  });

  test.each([
    ['team/base', 'the image with its tag, such as team/base:2.1'],
    ['team/base:latest', 'a tag that names a version; latest can be anything'],
    ['team/Base:1', 'an image reference with its tag, such as registry.example.com/team/base:2.1'],
  ])('cannot be %s', (reference, allowed) => {
    expect(problemsOf(() => SandboxImage.from(reference))).toEqual([
      `SandboxImage.from: reference: received "${reference}"; allowed: ${allowed}; change reference`,
    ]);
  });

  test('cannot be a release that was not tried', () => {
    expect(problemsOf(() => SandboxImage.debian('sid' as 'trixie'))).toEqual([
      'SandboxImage.debian: release: received "sid"; allowed: one of bookworm, trixie; change release',
    ]);
  });
});

describe('the final image', () => {
  const dockerfile = dockerfileOf(PLAIN.withAgents(...ALL_AGENTS));
  const final = dockerfile.stages.at(-1)!.instructions;

  test('runs as a numeric user who is made for it', () => {
    expect(dockerfile.user).toBe('$SANDBOX_UID:$SANDBOX_GID');
    expect(wordsOf(dockerfile, 'useradd')).toEqual(
      expect.arrayContaining(['--no-log-init', '--uid', '$SANDBOX_UID', '--gid', '$SANDBOX_GID']),
    );
  });

  test('is checked and started by exec forms of absolute paths', () => {
    expect(final.slice(-3).map(({ keyword, text }) => [keyword, text])).toEqual([
      [
        'HEALTHCHECK',
        '--interval=30s --timeout=10s --start-period=5s --retries=1     CMD ["/usr/local/lib/sandbox-cdk/python3", "-I", "-S", "/usr/local/lib/sandbox-cdk/healthcheck.py"]',
      ],
      ['ENTRYPOINT', `["${TOOL_FOLDER}/entrypoint.sh"]`],
      ['CMD', '["sleep", "infinity"]'],
    ]);
  });

  test('loses its setuid bits after the last file came in', () => {
    const [strip] = positions(dockerfile, /-perm \/6000 .*chmod a-s/);
    expect(strip).toBeGreaterThan(Math.max(...positions(dockerfile, /^(?:COPY|ADD) /)));
  });

  test("holds the checks and the settings as root's read-only files", () => {
    const copies = final.filter(({ keyword, text }) => {
      return keyword === 'COPY' && !text.includes('--from=');
    });
    expect(copies.length).toBeGreaterThanOrEqual(5);
    for (const { text } of copies) {
      expect(text).toMatch(/^--chown=0:0 --chmod=0(444|555) /);
    }
  });

  test('has neither npm nor a downloader', () => {
    const installed = wordsOf(dockerfile, 'apt-get', 'install')!;
    expect(installed).toEqual(
      expect.arrayContaining(['git', 'nodejs', 'python3-minimal', 'ripgrep']),
    );
    expect(installed).not.toEqual(expect.arrayContaining(['curl']));
    expect(final.map(({ arguments: text }) => text).join()).not.toMatch(/\bcurl|npm install/);
  });
});

describe('the text of a Dockerfile', () => {
  const variants: [string, SandboxImage][] = [
    ['plain', PLAIN],
    ['of somebody else', SandboxImage.from('team/base:1')],
    ['with Python', PLAIN.withPythonPackages({ ruff: '0.14.0', 'uvicorn[standard]': '0.40.0' })],
    ['with npm', PLAIN.withNpmPackages({ typescript: '6.0.3' })],
    ...ALL_AGENTS.map((agent): [string, SandboxImage] => [agent.name, PLAIN.withAgents(agent)]),
    [
      'with everything',
      SandboxImage.from('team/base:1', {
        agents: ALL_AGENTS,
        npmRegistry: 'https://npm.example.com/',
        pythonPackages: { ruff: '0.14.0' },
        pythonIndex: 'https://pypi.example.com/simple',
      }),
    ],
  ];

  test.each(variants)(
    '%s is tidy: no trailing blanks, no double empty lines, one final newline',
    (_, image) => {
      const { dockerfile } = rendered(image);
      expect(dockerfile).not.toMatch(/[ \t]$|\r|\n\n\n|\t/m);
      expect(dockerfile).toMatch(/[^\n]\n$/);
      expect(dockerfile).not.toMatch(/undefined|\[object/);
    },
  );

  test.each(variants)('%s starts with no parser directive', (_, image) => {
    expect(rendered(image).dockerfile).toMatch(/^# Sandbox demo, service agent\.\n/);
  });

  test.each(variants)(
    '%s installs Debian packages sorted, without more than was asked for',
    (_, image) => {
      const installs = dockerfileOf(image).instructions.filter(({ arguments: text }) =>
        text.includes('apt-get install'),
      );
      expect(installs.length).toBeGreaterThan(0);
      for (const { arguments: text } of installs) {
        const [, list] =
          /apt-get update +&& apt-get install --yes --no-install-recommends +(.*?) +&& rm -rf \/var\/lib\/apt\/lists\/\*/.exec(
            text,
          )!;
        const packages = list!.split(/ +/);
        expect(packages).toEqual([...packages].sort());
      }
    },
  );

  test('does not depend on the order in which things were asked for', () => {
    const agents = [...ALL_AGENTS];
    const one = PLAIN.withPackages('jq', 'fd-find').withNpmPackages({ b: '1.0.0', a: '1.0.0' });
    const other = PLAIN.withPackages('fd-find', 'jq').withNpmPackages({ a: '1.0.0', b: '1.0.0' });
    expect(rendered(one.withAgents(...agents)).dockerfile).toBe(
      rendered(other.withAgents(...agents.reverse())).dockerfile,
    );
  });
});

describe('the build context', () => {
  test('has the files that the Dockerfile copies, but for the health check', () => {
    const { contextFiles } = rendered(PLAIN, { agents: [Agent.claudeCode(), Agent.codex()] });
    expect([...contextFiles.keys()]).toEqual([
      'Dockerfile',
      '.dockerignore',
      'entrypoint.sh',
      'settings/etc/claude-code/managed-settings.json',
      'settings/etc/codex/managed_config.toml',
    ]);
    expect(contextFiles.get('entrypoint.sh')).toBe(asset('entrypoint.sh'));
  });

  test('takes nothing else along', () => {
    const lines = rendered(PLAIN).contextFiles.get('.dockerignore')!.split('\n');
    expect(lines.filter((line) => !/^(?:#|!|$)/.test(line))).toEqual(['*']);
    expect(lines.filter((line) => line.startsWith('!'))).toEqual([
      '!ca-certificates',
      '!entrypoint.sh',
      '!healthcheck.json',
      '!healthcheck.py',
      '!settings',
    ]);
  });

  test('gets the ids as arguments only where they are known at the start', () => {
    const uid = EnvRef.optional('SANDBOX_UID', '1234');
    const open = rendered(PLAIN, { user: { uid, gid: 100 } });
    expect(open.buildArgs).toEqual({ SANDBOX_UID: uid });
    expect(open.dockerfile).toContain('ARG SANDBOX_UID=1234\nARG SANDBOX_GID=100\n');
    const required = EnvRef.required('SANDBOX_UID', 'your id');
    expect(rendered(PLAIN, { user: { uid: required, gid: 100 } }).dockerfile).toContain(
      'ARG SANDBOX_UID=1000\n',
    );
  });
});

describe("a company's certificate authorities", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'image-'));
    writeFileSync(join(folder, 'acme.pem'), CERTIFICATE_ONE);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('are trusted before anything is fetched over HTTPS, in every stage', () => {
    const image = PLAIN.withCaCertificates('acme.pem')
      .withAgents(Agent.codex())
      .withPythonPackages({ ruff: '0.14.0' });
    const dockerfile = dockerfileOf(image, { projectDir: folder });
    const [trusted] = positions(dockerfile, /update-ca-certificates/);
    expect(trusted).toBeLessThan(Math.min(...positions(dockerfile, /https:|pip install/)));
    expect(dockerfile.stages.slice(1).map(({ from }) => from)).toEqual(['base', 'base', 'base']);
    expect(positions(dockerfile, /^ENV .*NODE_EXTRA_CA_CERTS=.*SSL_CERT_FILE=/s)).toEqual([
      trusted! + 1,
    ]);
    expect(positions(dockerfile, /^ENV PIP_CERT=/)).toHaveLength(1);
  });

  test('lie in the build context under their own names', () => {
    const { contextFiles } = rendered(PLAIN.withCaCertificates('acme.pem'), { projectDir: folder });
    expect(contextFiles.get('ca-certificates/acme.crt')).toBe(CERTIFICATE_ONE);
  });

  test('that cannot be read are told with the construct, before anything is written', () => {
    const image = PLAIN.withCaCertificates('acme.pem', 'missing.pem');
    expect(problemsOf(() => rendered(image, { projectDir: folder }))).toEqual([
      'SandboxService: image: caCertificates: received "missing.pem"; there is no such file; give files with certificates in PEM or DER form, and no private key',
    ]);
  });

  test('are not mentioned where there are none', () => {
    expect(rendered(PLAIN).dockerfile).not.toMatch(/certificate|CERT/i);
  });
});

describe('packages', () => {
  test('from npm come by exact version, without their install scripts', () => {
    const dockerfile = dockerfileOf(
      PLAIN.withNpmPackages({ '@types/node': '20.0.0', eslint: '9.0.0' }),
    );
    expect(wordsOf(dockerfile, 'npm', 'install')!.slice(-2)).toEqual([
      '@types/node@20.0.0',
      'eslint@9.0.0',
    ]);
    expect(wordsOf(dockerfile, 'npm', 'install')).toContain('--ignore-scripts');
    expect(wordsOf(dockerfile, 'apt-get', 'install')).toContain('nodejs');
  });

  test('from PyPI come by exact version, from wheels, into an environment of their own', () => {
    const dockerfile = dockerfileOf(PLAIN.withPythonPackages({ ruff: '0.14.0', 'a[b]': '1' }));
    expect(wordsOf(dockerfile, '/opt/venv/bin/pip')).toEqual([
      ...['/opt/venv/bin/pip', 'install', '--no-cache-dir', '--disable-pip-version-check'],
      ...['--only-binary', ':all:', 'a[b]==1', 'ruff==0.14.0'],
    ]);
    expect(wordsOf(dockerfile, 'apt-get', 'install')).toContain('python3');
  });

  test('come from the mirrors that are named', () => {
    const image = SandboxImage.debian('trixie', {
      npmPackages: { eslint: '9.0.0' },
      npmRegistry: 'https://mirror.example.com/npm/',
      pythonPackages: { ruff: '0.14.0' },
      pythonIndex: 'https://mirror.example.com/pypi/simple',
    });
    const { dockerfile } = rendered(image);
    expect(dockerfile).toContain(
      '\nENV COREPACK_NPM_REGISTRY=https://mirror.example.com/npm \\\n    NPM_CONFIG_REGISTRY=https://mirror.example.com/npm\n',
    );
    expect(dockerfile).toContain('\nENV PIP_INDEX_URL=https://mirror.example.com/pypi/simple\n');
    expect(dockerfile.match(/https:\/\/[^/]+/g)).toEqual(
      Array(3).fill('https://mirror.example.com'),
    );
  });

  test('given again are taken in the version given last', () => {
    const image = PLAIN.withPackages('git', 'jq').withPackages('git=1:2.47.3-0+deb13u1');
    expect(wordsOf(dockerfileOf(image), 'apt-get', 'install')).toEqual(
      expect.arrayContaining(['git=1:2.47.3-0+deb13u1', 'jq']),
    );
    expect(rendered(image).dockerfile).not.toMatch(/ git \\/);
  });

  test('leave the image as it was that they are added to', () => {
    const before = rendered(PLAIN).dockerfile;
    PLAIN.withPackages('jq').withNpmPackages({ a: '1.0.0' }).withAgents(Agent.codex());
    PLAIN.withPythonPackages({ a: '1' }).withCaCertificates('x').pinnedTo(DIGEST);
    expect(rendered(PLAIN).dockerfile).toBe(before);
  });

  test('wanted in two versions at once are refused, all of them', () => {
    const image = SandboxImage.debian('trixie', {
      agents: [Agent.codex(), Agent.codex({ version: '0.1.0' }), Agent.copilot()],
      npmPackages: { '@github/copilot': '0.0.1' },
      pythonPackages: { uvicorn: '1.0', 'Uvicorn[standard]': '2.0' },
    });
    expect(problemsOf(() => rendered(image)).map((text) => text.split(';')[0])).toEqual([
      expect.stringContaining('the npm package @openai/codex is wanted in two ways: 0.'),
      expect.stringContaining('the npm package @github/copilot is wanted in two ways: 0.0.1 and '),
      'SandboxService: image: the Python package uvicorn is wanted in two ways: uvicorn==1.0 and Uvicorn[standard]==2.0',
    ]);
  });
});

describe('agents', () => {
  test('come from the image and from the service, each once', () => {
    const both = rendered(PLAIN.withAgents(Agent.copilot()), {
      agents: [Agent.copilot(), Agent.codex()],
    });
    expect(both.dockerfile).toBe(
      rendered(PLAIN, { agents: [Agent.codex(), Agent.copilot()] }).dockerfile,
    );
  });

  test('that are native programs bring no Node.js along', () => {
    for (const agent of [Agent.claudeCode(), Agent.codex(), Agent.copilot()]) {
      expect(wordsOf(dockerfileOf(PLAIN.withAgents(agent)), 'apt-get', 'install')).not.toContain(
        'nodejs',
      );
    }
  });

  test('that run on Node.js need a Debian that has it', () => {
    expect(
      wordsOf(dockerfileOf(PLAIN.withAgents(Agent.geminiCli())), 'apt-get', 'install'),
    ).toContain('nodejs');
    const older = SandboxImage.debian('bookworm', { agents: [Agent.geminiCli()] });
    expect(problemsOf(() => rendered(older))).toEqual([
      'SandboxService: image: Gemini CLI needs Node.js 20; Debian bookworm has 18; use a later release of Debian, or a base image with that Node.js',
    ]);
    expect(
      accepted(() => rendered(SandboxImage.from('team/base:1', { agents: [Agent.geminiCli()] }))),
    ).toBe(true);
  });
});

describe('props', () => {
  test('that are wrong are told all at once', () => {
    const props = {
      package: ['git'],
      npmPackages: { x: '^1' },
      digest: 'sha256:1',
      packages: ['-y'],
    };
    expect(problemsOf(() => SandboxImage.debian('trixie', props as SandboxImageProps))).toEqual([
      'SandboxImage.debian: packages.0: received "-y"; allowed: a Debian package: git, or with a version git=1:2.47.3-0+deb13u1; change packages.0',
      'SandboxImage.debian: npmPackages.x: received "^1"; allowed: one exact version, such as 1.2.3; no range and no tag; change npmPackages.x',
      'SandboxImage.debian: digest: received "sha256:1"; allowed: a digest: sha256: and 64 lower-case hexadecimal digits; change digest',
      expect.stringContaining('there is no prop package;'),
    ]);
  });

  test.each([
    'http://npm.example.com',
    'https://user:password@npm.example.com',
    'https://npm.example.com/?token=1',
    'https://npm.example.com/$(id)',
    'https://npm.example.com/a\nRUN id',
    'https://',
  ])('have no mirror such as %j', (npmRegistry) => {
    expect(accepted(() => SandboxImage.debian('trixie', { npmRegistry }))).toBe(false);
  });

  test('that are accepted come out as the words they are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9+.]{1,10}$/), (name) => {
        expect(wordsOf(dockerfileOf(PLAIN.withPackages(name)), 'apt-get', 'install')).toContain(
          name,
        );
      }),
    );
  });
});

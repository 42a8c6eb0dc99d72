/**
 * The main job on real input: a published source tree that nobody here wrote goes behind the walls
 * of each level, from `init` to a healthy container, and every wall is looked at from both sides.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithEngine } from './support/engine';
import { hostCertificates, PERSON, Project, type RunningSandbox } from './support/project';
import { REPOSITORY } from './support/run';

const GIB = 1024 ** 3;

/** The npm package `constructs` as published, unpacked into a folder; its files by sha256. */
function unpackPublishedSource(folder: string): Map<string, string> {
  const published = path.join(REPOSITORY, 'node_modules', 'constructs');
  fs.cpSync(published, folder, { recursive: true });
  const hashes = new Map<string, string>();
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const absolute = path.join(entry.parentPath, entry.name);
    const hash = createHash('sha256').update(fs.readFileSync(absolute)).digest('hex');
    hashes.set(path.relative(folder, absolute), hash);
  }
  return hashes;
}

interface Case {
  readonly level: 1 | 2 | 3;
  readonly agents: readonly string[];
  readonly services: readonly string[];
}

const TOOLS: Readonly<Record<string, string>> = { 'claude-code': 'claude', codex: 'codex' };

const CASES: readonly Case[] = [
  { level: 1, agents: [], services: ['agent'] },
  { level: 2, agents: ['claude-code', 'codex'], services: ['claude-code', 'codex'] },
  { level: 3, agents: ['claude-code'], services: ['claude-code'] },
];

/** What this test's hosts need: their certificates for the build, and logs without a TLS server. */
function customize(project: Project, level: number): void {
  const image = `SandboxImage.debian('trixie', { caCertificates: ${JSON.stringify(hostCertificates())} })`;
  project.edit('lib/sandbox.ts', "source: '.',", `source: 'src', image: ${image},`);
  project.edit('lib/sandbox.ts', "} from 'sandbox-cdk'", ", SandboxImage } from 'sandbox-cdk'");
  // A log server on the same host needs no TLS; whether it listens does not matter here.
  if (level === 3) {
    project.edit('lib/sandbox.ts', 'tcp+tls://${logServer}', 'udp://127.0.0.1:5514');
  }
}

describe.each(CASES)('a published source tree at Level $level', ({ level, agents, services }) => {
  describeWithEngine('from init to a healthy sandbox', () => {
    let project: Project;
    let hashes: Map<string, string>;
    let sandbox: RunningSandbox;
    let name: string;

    beforeAll(() => {
      project = new Project();
      hashes = unpackPublishedSource(path.join(project.folder, 'src'));
      project.sandboxCdk(
        'init',
        '.',
        '--level',
        String(level),
        ...agents.flatMap((agent) => ['--agent', agent]),
      );
      project.link();
      customize(project, level);
      project.sandboxCdk('synth');
      name = project.sandboxName();
      sandbox = project.sandbox(name);
      sandbox.build();
      sandbox.up();
    }, 900_000);

    afterAll(() => {
      sandbox.down();
      project.remove();
    }, 120_000);

    test.each(services)('%s is healthy, with every wall proven from inside', (service) => {
      expect(sandbox.inspect(service).State.Health.Status).toBe('healthy');
      const verdicts = sandbox.verdicts(service);
      expect(new Set(Object.values(verdicts))).toEqual(new Set(['proven']));
      expect(Object.keys(verdicts).length).toBeGreaterThanOrEqual(10);
    });

    test.each(services)('%s reads every source file as it was published', (service) => {
      const list = sandbox.exec(
        service,
        'sh',
        '-c',
        'cd /workspace && find . -type f -exec sha256sum {} +',
      );
      const inside = list.stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/ [ *]\.\//));
      expect(new Map(inside.map(([hash, file]) => [file, hash]))).toEqual(hashes);
    });

    test.each(services)('%s cannot write, add or remove any source file', (service) => {
      const attempts =
        'cd /workspace; find . -type f | while read -r f; do echo x 2>/dev/null >>"$f" && echo "wrote $f"; rm -f "$f" 2>/dev/null && echo "removed $f"; done; touch new 2>&1; mkdir newdir 2>&1; exit 0';
      const { stdout } = sandbox.exec(service, 'sh', '-c', attempts);
      expect(stdout).not.toMatch(/wrote|removed/);
      expect(stdout.match(/Read-only file system/g)).toHaveLength(2);
      for (const [file, hash] of hashes) {
        const content = fs.readFileSync(path.join(project.folder, 'src', file));
        expect(createHash('sha256').update(content).digest('hex')).toBe(hash);
      }
    });

    test.each(services)(
      'what %s writes to its output folder is the person’s, on the host',
      (service) => {
        const { status, stderr } = sandbox.exec(
          service,
          'sh',
          '-c',
          'echo done > /output/result.txt',
        );
        expect([status, stderr]).toEqual([0, '']);
        const file = path.join(
          project.folder,
          'sandbox.out',
          name,
          'output',
          service,
          'result.txt',
        );
        expect(fs.readFileSync(file, 'utf8')).toBe('done\n');
        expect(fs.statSync(file)).toMatchObject(PERSON);
      },
    );

    test.each(services)('the kernel refuses %s every connection', (service) => {
      const connect = [
        'import socket, errno',
        "targets = [(socket.AF_INET, '1.1.1.1', 443), (socket.AF_INET, '169.254.169.254', 80), (socket.AF_INET, '172.17.0.1', 2375), (socket.AF_INET, '10.0.0.1', 53), (socket.AF_INET6, '2606:4700::1111', 443)]",
        'for family, host, port in targets:',
        '  try: socket.socket(family).connect((host, port)); print(host, "CONNECTED")',
        '  except OSError as e: print(host, errno.errorcode[e.errno])',
      ].join('\n');
      const { stdout } = sandbox.exec(service, 'python3', '-c', connect);
      const answers = stdout.trim().split('\n');
      expect(answers).toHaveLength(5);
      // Some engines turn IPv6 off altogether, which refuses with the second.
      for (const answer of answers) expect(answer).toMatch(/ (?:ENETUNREACH|EADDRNOTAVAIL)$/);
    });

    test.each(services)('docker inspect shows every setting of %s', (service) => {
      const { Config, HostConfig, Mounts } = sandbox.inspect(service);
      expect(Config.User).toBe(`${PERSON.uid}:${PERSON.gid}`);
      expect(Config.Labels).toMatchObject({
        'dev.sandbox-cdk.level': String(level),
        'dev.sandbox-cdk.sandbox': name,
      });
      expect(Config.Healthcheck.Test).toEqual([
        'CMD',
        '/usr/local/lib/sandbox-cdk/python3',
        '-I',
        '-S',
        '/usr/local/lib/sandbox-cdk/healthcheck.py',
      ]);
      expect(HostConfig).toMatchObject({
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        CapAdd: null,
        SecurityOpt: ['no-new-privileges:true'],
        Privileged: false,
        IpcMode: 'private',
        PidMode: '',
        UsernsMode: '',
        Memory: 4 * GIB,
        MemorySwap: 4 * GIB,
        NanoCpus: 2e9,
        PidsLimit: 256,
        ShmSize: 64 * 1024 ** 2,
        Init: true,
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
        LogConfig:
          level < 3
            ? { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '5' } }
            : {
                Type: 'syslog',
                Config: { 'syslog-format': 'rfc5424micro', tag: `${name}/${service}` },
              },
      });
      expect(HostConfig.Ulimits).toEqual(
        expect.arrayContaining([
          { Name: 'core', Soft: 0, Hard: 0 },
          { Name: 'nofile', Soft: 4096, Hard: 4096 },
        ]),
      );
      expect(Object.keys(HostConfig.Tmpfs).sort()).toEqual(['/home/agent', '/tmp']);
      expect(
        Mounts.map(
          ({ Type, Destination, RW }) => `${Type} ${Destination} ${RW ? 'rw' : 'ro'}`,
        ).sort(),
      ).toEqual(['bind /output rw', 'bind /workspace ro']);
    });

    test('the committed folder is what the program says', () => {
      expect(project.sandboxCdk('synth', '--check')).toBe('');
    });

    test('every agent tool starts without a network', () => {
      const versions = agents.map((agent) => sandbox.exec(agent, TOOLS[agent]!, '--version'));
      expect(versions.map(({ status }) => status)).toEqual(agents.map(() => 0));
      for (const { stdout } of versions) expect(stdout).toMatch(/\d+\.\d+\.\d+/);
    });
  });
});

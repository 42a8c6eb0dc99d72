import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Assembly } from '../../../lib/assembly/assembly';
import { diffAssembly, diffOutput, type Change } from '../../../lib/assembly/diff';
import type { SandboxManifest } from '../../../lib/assembly/manifest';
import { readOutput } from '../../../lib/assembly/read';
import { writeAssembly } from '../../../lib/assembly/write';
import { assemblyOf, newFolder, removeFolders, type Files } from '../support';

afterEach(removeFolders);

const COMPOSE = `# Sandbox payments
name: payments
services:
  agent:
    build: { context: ./agent }
    user: "1000:1000"
    network_mode: none
    read_only: true
    cap_drop: [ALL]
    security_opt: [no-new-privileges:true]
    volumes:
      - type: bind
        source: ../../src
        target: /workspace
        read_only: true
    mem_limit: 4g
    memswap_limit: 4g
    cpus: 2
    pids_limit: 256
    healthcheck: { test: [CMD, check] }
`;

const FILES: Files = {
  'docker-compose.yml': COMPOSE,
  'agent/Dockerfile': 'FROM debian\nUSER 1000\n',
  'agent/healthcheck.json': '{"network":"none","cpus":2}',
  'agent/entrypoint.sh': 'exec "$@"\n',
};

/** What would change from these files on disk to those. */
function changes(before: Record<string, Files>, after: Record<string, Files>): Change[] {
  const folder = newFolder();
  writeAssembly(assemblyOf(folder, before));
  return diffAssembly(assemblyOf(folder, after));
}

function edited(edit: (compose: string) => string): { payments: Files } {
  return { payments: { ...FILES, 'docker-compose.yml': edit(COMPOSE) } };
}

function withManifest(assembly: Assembly, change: Partial<SandboxManifest>): Assembly {
  const payments = { ...assembly.manifest.sandboxes['payments']!, ...change };
  return { ...assembly, manifest: { ...assembly.manifest, sandboxes: { payments } } };
}

describe('diffAssembly', () => {
  it('finds nothing where nothing would change', () => {
    expect(changes({ payments: FILES }, { payments: FILES })).toEqual([]);
  });

  it('says where, what it was and is, and what that means', () => {
    const after = edited((compose) => compose.replace('        read_only: true\n', ''));
    expect(changes({ payments: FILES }, after)).toEqual([
      {
        sandbox: 'payments',
        path: 'services.agent.volumes[/workspace].read_only',
        before: true,
        after: false,
        kind: 'changed',
        effect: 'broadens',
        summary: 'agent can now write to /workspace (was read-only)',
      },
    ]);
  });

  it('puts what broadens first, then what narrows, then the rest, each by path', () => {
    const after = edited((compose) =>
      compose
        .replace('network_mode: none', 'network_mode: bridge')
        .replace(
          'cap_drop: [ALL]',
          'cap_drop: [ALL]\n    environment: { A: b }\n    cap_add: [KILL]',
        )
        .replace('mem_limit: 4g', 'mem_limit: 2g'),
    );
    const found = changes({ payments: FILES }, after);
    expect(found.map(({ effect, path: where, kind }) => [effect, where, kind])).toEqual([
      ['broadens', 'services.agent.cap_add.KILL', 'added'],
      ['broadens', 'services.agent.network_mode', 'changed'],
      ['narrows', 'services.agent.mem_limit', 'changed'],
      ['neutral', 'services.agent.environment.A', 'added'],
    ]);
  });

  it('compares with the disk, so that an edit by hand is seen as what it was', () => {
    const folder = newFolder();
    const assembly = assemblyOf(folder, { payments: FILES });
    writeAssembly(assembly);
    const compose = path.join(folder, 'payments/docker-compose.yml');
    fs.writeFileSync(compose, COMPOSE.replace('network_mode: none', 'network_mode: host'));
    expect(diffAssembly(assembly)).toMatchObject([
      { effect: 'narrows', summary: "agent is air-gapped now (was the host's own network)" },
    ]);
  });

  it('tells of other comments, and of another layout, that they are no more than that', () => {
    const after = edited((compose) => compose.replace('# Sandbox', '# The sandbox'));
    expect(changes({ payments: FILES }, after)).toMatchObject([
      { path: 'docker-compose.yml', effect: 'neutral', kind: 'changed' },
    ]);
  });

  it('tells a new sandbox and what is weak in it, and one that is gone', () => {
    const weak = { 'docker-compose.yml': COMPOSE.replace('cap_drop: [ALL]', 'cap_drop: [KILL]') };
    const found = changes({ payments: FILES }, { web: weak });
    expect(found.map(({ sandbox, effect, summary }) => [sandbox, effect, summary])).toEqual([
      ['web', 'broadens', 'the sandbox web is new: level 1, services: agent'],
      ['web', 'broadens', "agent has the engine's default capabilities but KILL now"],
      ['web', 'broadens', 'agent can now read ../../src of the host at /workspace'],
      ['payments', 'narrows', 'the sandbox payments is gone'],
    ]);
  });

  it('takes everything as new where there is no output folder yet', () => {
    const assembly = assemblyOf(newFolder(), { payments: FILES });
    expect(diffAssembly(assembly)[0]).toMatchObject({ kind: 'added', sandbox: 'payments' });
  });

  it('tells new and lost services', () => {
    const relay = `${COMPOSE}  relay:\n    image: relay\n    network_mode: none\n`;
    const added = changes(
      { payments: FILES },
      edited(() => relay),
    );
    expect(added[0]).toMatchObject({
      path: 'services.relay',
      effect: 'broadens',
      summary: 'the service relay is new',
    });
    expect(added.map(({ path: where }) => where)).toContain('services.relay.user');
    expect(
      changes(
        edited(() => relay),
        { payments: FILES },
      ),
    ).toMatchObject([{ path: 'services.relay', kind: 'removed', effect: 'narrows' }]);
  });

  it.each(['a: [', '- 1', 'x: *y', '"text"'])(
    'copes with %j in the place of the document',
    (text) => {
      const found = changes(
        { payments: { ...FILES, 'docker-compose.yml': text } },
        { payments: FILES },
      );
      const [told] = found.filter(({ path: where }) => where === 'docker-compose.yml');
      expect(told!.summary).toMatch(
        /^docker-compose\.yml on disk cannot be read, and is compared as if/,
      );
      expect(found.map(({ summary }) => summary)).toContain('the service agent is new');
    },
  );

  it('copes with a document that is missing', () => {
    const folder = newFolder();
    const assembly = assemblyOf(folder, { payments: FILES });
    writeAssembly(assembly);
    fs.rmSync(path.join(folder, 'payments/docker-compose.yml'));
    expect(diffAssembly(assembly).map(({ summary }) => summary)).toContain(
      'the service agent is new',
    );
  });

  it('looks only at the sandboxes that were asked for', () => {
    const folder = newFolder();
    writeAssembly(assemblyOf(folder, { payments: FILES, web: FILES }));
    const only = assemblyOf(folder, { web: { ...FILES, new: 'x' } });
    expect(diffAssembly(only, ['web'])).toMatchObject([{ sandbox: 'web', path: 'new' }]);
  });

  it('shows a terminal nothing that it would act on', () => {
    const after = edited((compose) => `${compose}    "x-\\e[2J": "\\e]0;x\\a\\u202e"\n`);
    const [change] = changes({ payments: FILES }, after);
    expect(change!.summary).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('the files beside the document', () => {
  const withFile = (file: string, content: string) => ({ payments: { ...FILES, [file]: content } });

  it('are compared by their lines', () => {
    const after = withFile('agent/entrypoint.sh', 'set -e\nexec "$@"\n');
    expect(changes({ payments: FILES }, after)).toEqual([
      {
        sandbox: 'payments',
        path: 'agent/entrypoint.sh',
        before: [],
        after: ['set -e'],
        kind: 'changed',
        effect: 'neutral',
        summary: 'agent/entrypoint.sh holds something else (lines: +1 −0)',
      },
    ]);
  });

  it('are compared by their values where they are JSON', () => {
    const after = withFile('agent/healthcheck.json', '{ "cpus": 4, "network": "none" }');
    expect(changes({ payments: FILES }, after)).toMatchObject([
      {
        path: 'agent/healthcheck.json.cpus',
        before: 2,
        after: 4,
        summary: 'agent/healthcheck.json: cpus is now 4 (was 2)',
      },
    ]);
  });

  it('are told when only their layout or the order of their lines differs', () => {
    const json = withFile('agent/healthcheck.json', '{ "network": "none", "cpus": 2 }');
    expect(changes({ payments: FILES }, json)).toMatchObject([
      { path: 'agent/healthcheck.json', summary: 'agent/healthcheck.json: another layout only' },
    ]);
  });

  it('are told when they are new or gone', () => {
    expect(changes({ payments: FILES }, withFile('new.txt', 'x'))).toMatchObject([
      { kind: 'added', effect: 'neutral', summary: 'the file new.txt is new' },
    ]);
    expect(changes(withFile('new.txt', 'x'), { payments: FILES })).toMatchObject([
      { kind: 'removed', effect: 'neutral', summary: 'the file new.txt is gone' },
    ]);
  });

  it('are told by what they mean where they are a Dockerfile', () => {
    const after = withFile('agent/Dockerfile', 'FROM debian\nUSER 0\n');
    expect(changes({ payments: FILES }, after)).toMatchObject([
      {
        path: 'agent/Dockerfile.USER',
        effect: 'broadens',
        summary: 'agent: the image runs as 0 now (was 1000)',
      },
    ]);
  });

  it('do not matter in the folder that an agent writes to', () => {
    const seed = (text: string) => withFile('output/agent/.gitignore', text);
    expect(changes(seed('*'), seed('!*'))).toEqual([]);
  });
});

describe('the manifest', () => {
  function diffManifest(before: Partial<SandboxManifest>, after: Partial<SandboxManifest>) {
    const folder = newFolder();
    const assembly = assemblyOf(folder, { payments: FILES });
    writeAssembly(withManifest(assembly, before));
    return diffOutput(readOutput(folder), withManifest(assembly, after));
  }
  const accepted = (reason: string) => {
    return { acknowledged: [{ rule: 'image-not-pinned', construct: 'payments/agent', reason }] };
  };

  it('shows a lower level as broader, and a higher one as narrower', () => {
    expect(diffManifest({ level: 2 }, { level: 1 })).toMatchObject([
      { path: 'level', effect: 'broadens', before: 2, after: 1 },
    ]);
    expect(diffManifest({ level: 2 }, { level: 3 })).toMatchObject([{ effect: 'narrows' }]);
  });

  it('shows every acknowledgement that is new, gone, or has another reason', () => {
    expect(diffManifest({}, accepted('later'))).toMatchObject([
      {
        path: 'acknowledged.image-not-pinned[payments/agent]',
        kind: 'added',
        effect: 'broadens',
        summary: 'image-not-pinned is accepted at payments/agent now: later',
      },
    ]);
    expect(diffManifest(accepted('later'), {})).toMatchObject([
      { kind: 'removed', effect: 'narrows', before: 'later' },
    ]);
    expect(diffManifest(accepted('later'), accepted('never'))).toMatchObject([
      { kind: 'changed', effect: 'neutral', before: 'later', after: 'never' },
    ]);
  });

  it('shows another classification of the data, and other rules', () => {
    expect(diffManifest({}, { dataClassification: 'restricted' })).toMatchObject([
      { path: 'dataClassification', effect: 'neutral' },
    ]);
    const assembly = assemblyOf(newFolder(), { payments: FILES });
    writeAssembly(assembly);
    const manifest = { ...assembly.manifest, policyDigest: 'sha256:1' };
    expect(diffAssembly({ ...assembly, manifest })).toMatchObject([
      { sandbox: '', path: 'policyDigest', effect: 'neutral' },
    ]);
    expect(diffAssembly({ ...assembly, manifest }, ['payments'])).toEqual([]);
  });
});

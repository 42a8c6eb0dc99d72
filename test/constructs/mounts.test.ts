import * as fc from 'fast-check';
import { OutputMount, ReadOnlyMount, TmpfsMount } from '../../constructs';
import { EnvRef } from '../../lib/core/env-ref';
import { Size } from '../../lib/core/size';
import { Match } from '../../lib/testing';
import { anyText } from '../core/texts';
import { agentIn, lab, problemsOf, rendered, templateOf } from './lab';

describe('ReadOnlyMount', () => {
  test('is a read-only bind that Docker does not create on the host', () => {
    const sandbox = lab();
    const mount = new ReadOnlyMount(sandbox, 'src', { source: 'src', target: '/workspace/src' });
    expect(rendered(agentIn(sandbox, { mounts: [mount] })).volumes).toEqual([
      {
        type: 'bind',
        source: '../../src',
        target: '/workspace/src',
        read_only: true,
        bind: { create_host_path: false },
      },
    ]);
    expect(mount).toMatchObject({ target: '/workspace/src', writable: false });
  });

  test('tells every wrong prop at once', () => {
    const props = { source: ' ', target: 'workspace', readonly: false };
    expect(problemsOf(() => new ReadOnlyMount(lab(), 'src', props))).toEqual([
      'ReadOnlyMount: source: received " "; allowed: a path relative to the project folder, or absolute; change source',
      expect.stringMatching(
        /^ReadOnlyMount: target: received "workspace"; allowed: an absolute path/,
      ),
      'ReadOnlyMount: there is no prop readonly; known: source, target; remove readonly',
    ]);
  });

  test('takes any source as it is, or refuses it', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const sandbox = lab();
        let mount: ReadOnlyMount;
        try {
          mount = new ReadOnlyMount(sandbox, 'src', { source: `x${source}`, target: '/src' });
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_PROPS' });
          return;
        }
        expect(mount.render()).toMatchObject({
          volume: { source: sandbox.fromProject(`x${source}`) },
        });
      }),
    );
  });
});

describe('OutputMount', () => {
  test('is a folder of the sandbox’s own, which synthesis makes and git keeps empty', () => {
    const sandbox = lab();
    agentIn(sandbox, { mounts: [new OutputMount(sandbox, 'results')] });
    templateOf(sandbox)
      .hasService('agent', {
        volumes: [
          {
            type: 'bind',
            source: './output/results',
            target: '/output',
            read_only: Match.absent(),
            bind: { create_host_path: false },
          },
        ],
      })
      .hasFile(
        'output/results/.gitignore',
        '# Written by an agent: look before you copy anything out of here.\n*\n!.gitignore\n',
      );
  });

  test('can be a folder of the project, which synthesis leaves alone', () => {
    const sandbox = lab();
    const mount = new OutputMount(sandbox, 'results', { source: 'build', target: '/output/build' });
    agentIn(sandbox, { mounts: [mount] });
    const template = templateOf(sandbox);
    template.hasService('agent', { volumes: [{ source: '../../build', target: '/output/build' }] });
    expect(template.filePaths.filter((file) => file.startsWith('output/'))).toEqual([]);
    expect(mount.writable).toBe(true);
  });

  test('of an id that is no folder name needs a name', () => {
    expect(problemsOf(() => new OutputMount(lab(), 'x', { name: '../x' }))).toEqual([
      expect.stringMatching(/^OutputMount: name: received "\.\.\/x"; allowed: lower-case letters/),
    ]);
    expect(problemsOf(() => new OutputMount(lab(), 'My Results'))).toEqual([
      expect.stringMatching(/^OutputMount: id: received "My Results"; .* for example my-results/),
    ]);
    expect(() => new OutputMount(lab(), 'My Results', { name: 'results' })).not.toThrow();
    expect(() => new OutputMount(lab(), 'My Results', { source: 'results' })).not.toThrow();
  });
});

describe('TmpfsMount', () => {
  const options = (props: object) => {
    const mount = new TmpfsMount(lab(), 'cache', { target: '/cache', ...props }).render();
    return 'tmpfs' in mount ? String(mount.tmpfs) : '';
  };

  test('has a size, a number of files, and no programs, devices or setuid bits', () => {
    expect(options({})).toBe('/cache:noexec,nosuid,nodev,size=256m,nr_inodes=32768,mode=1777');
  });

  test('has the size, inodes and mode that are asked for', () => {
    expect(options({ size: Size.gibibytes(1), executable: true })).toBe(
      '/cache:exec,nosuid,nodev,size=1g,nr_inodes=131072,mode=1777',
    );
    expect(options({ size: Size.kibibytes(4), inodes: 7 })).toContain('size=4k,nr_inodes=7,');
    expect(options({ size: Size.kibibytes(4) })).toContain('nr_inodes=2,');
  });

  test('of one owner is closed to all others', () => {
    const owner = { uid: 1000, gid: EnvRef.optional('GID', '1000') };
    expect(options({ owner })).toMatch(/,mode=0700,uid=1000,gid=\$\{GID:-1000\}$/);
  });

  test.each([
    ['size', Size.bytes(4095), 'at least 4 KiB'],
    ['size', 1024, 'a Size, such as Size.gibibytes(4)'],
    ['inodes', 1, 'at least 2'],
    ['inodes', 2.5, 'a whole number'],
    ['executable', 'yes', 'true or false'],
  ])('refuses the %s %p: allowed is %s', (prop, value, allowed) => {
    expect(problemsOf(() => options({ [prop]: value }))).toEqual([
      expect.stringContaining(allowed),
    ]);
  });

  test('takes no target that would end its options', () => {
    fc.assert(
      fc.property(anyText, (target) => {
        try {
          expect(options({ target: `/${target}` }).split(':')).toHaveLength(2);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_PROPS' });
        }
      }),
    );
  });
});

describe('two mounts on one target', () => {
  test('are a finding', () => {
    const sandbox = lab();
    const mounts = ['a', 'b'].map(
      (id) => new ReadOnlyMount(sandbox, id, { source: id, target: '/src' }),
    );
    agentIn(sandbox, { mounts });
    templateOf(sandbox).hasFinding('duplicate-mount-target', { construct: 'lab/agent' });
  });
});

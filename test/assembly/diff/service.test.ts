import * as fc from 'fast-check';
import { departures, diffService } from '../../../lib/assembly/diff/service';
import type { Plain } from '../../../lib/assembly/diff/values';

const src = { type: 'bind', source: '../src', target: '/workspace', read_only: true };
const data = { type: 'volume', source: 'data', target: '/data' };
const mask = { type: 'bind', source: '/dev/null', target: '/workspace/.env', read_only: true };

describe('a new service', () => {
  const hardened: Plain = {
    image: 'a',
    network_mode: 'none',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    user: '${ID:-1000}:${GROUP:-1000}',
    tmpfs: ['/tmp:size=1m'],
    mem_limit: '4g',
    memswap_limit: '4g',
    cpus: 2,
    pids_limit: 256,
    healthcheck: { test: ['CMD', 'x'] },
    environment: { A: 'b' },
    logging: { driver: 'json-file' },
  };

  it('gives no reason to look when every wall stands', () => {
    expect([...departures('agent', hardened)]).toEqual([]);
  });

  it('is told wall by wall, and without a before that never was', () => {
    const summaries = [...departures('agent', {})].map(({ summary }) => summary);
    expect(summaries).toEqual([
      'agent can now reach the networks of its project',
      'agent can now write to its root file system',
      "agent has the engine's default capabilities now",
      'agent can now gain privileges through setuid programs',
      "agent runs as the image's own user now, perhaps root",
      'agent has no limit on memory',
      'agent has no limit on memory and swap together',
      'agent has no limit on CPU',
      'agent has no limit on processes',
      'agent: its health is not checked',
    ]);
  });

  it('is told by what it sees of the host', () => {
    const verdicts = [...departures('agent', { ...hardened, volumes: [src] })];
    expect(verdicts).toMatchObject([
      { before: undefined, summary: 'agent can now read ../src of the host at /workspace' },
    ]);
  });
});

describe('any two services', () => {
  const value = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>;
  const mount = fc.constantFrom<unknown>(src, data, mask, '/x', '../a:/b:ro', { type: 'tmpfs' }, 7);
  const service = fc.record(
    {
      network_mode: fc.oneof(fc.constantFrom('none', 'host', 'bridge'), value),
      volumes: fc.oneof(fc.array(mount, { maxLength: 3 }), value),
      tmpfs: fc.oneof(
        fc.array(fc.constantFrom('/tmp', '/workspace/a:size=1m,exec'), { maxLength: 2 }),
        value,
      ),
      ulimits: value,
      ports: value,
      security_opt: value,
      cap_drop: value,
      logging: value,
      build: value,
      deploy: value,
      mem_limit: value,
      user: value,
      healthcheck: value,
      other: value,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Plain>;

  it('are compared without an accident, whatever is in them', () => {
    fc.assert(
      fc.property(service, service, (before, after) => {
        expect([...diffService('agent', before, before)]).toEqual([]);
        for (const { summary, effect } of diffService('agent', before, after)) {
          expect(['broadens', 'narrows', 'neutral']).toContain(effect);
          expect(summary).toMatch(/agent/);
        }
        expect([...departures('agent', after)].every(({ effect }) => effect === 'broadens')).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });
});

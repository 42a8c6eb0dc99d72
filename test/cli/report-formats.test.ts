import * as fc from 'fast-check';
import { toJunit } from '../../lib/cli/output/junit';
import { toSarif } from '../../lib/cli/output/sarif';
import { PROBES } from '../../lib/engine/probes';
import type { SandboxReport, WallResult } from '../../lib/engine/report';

function result(id: string, more: Partial<WallResult>): WallResult {
  return { id, title: 'a wall', verdict: 'proven', evidence: 'seen', fix: 'mend it', ...more };
}

function report(...results: WallResult[]): SandboxReport {
  return {
    sandbox: 'lab',
    project: 'lab-1',
    isProven: false,
    services: [{ service: 'agent', results }],
  };
}

const REPORT = report(
  result('N1', {}),
  result('F1', { verdict: 'broken', evidence: '/ is writable' }),
  result('K1', { verdict: 'broken', accepted: [{ rule: 'capability-added', reason: 'needed' }] }),
  result('K2', { verdict: 'unproven' }),
  result('K8', { verdict: 'unproven', allowed: 'patched' }),
);

interface Sarif {
  version: string;
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    results: {
      ruleId: string;
      kind: string;
      level: string;
      message: { text: string };
      locations: { physicalLocation: object }[];
      suppressions?: { justification: string }[];
    }[];
  }[];
}

function sarif(reports: readonly SandboxReport[]): Sarif {
  return toSarif(reports, {
    version: '1.0.0',
    projectDir: '/project',
    folders: { lab: '/project/sandbox.out/lab' },
    read: () => 'name: lab\n\nservices:\n  agent:\n    image: x\n',
  }) as Sarif;
}

describe('SARIF', () => {
  const { version, runs } = sarif([REPORT]);
  const results = runs[0]!.results;

  test('is of version 2.1.0 and explains every wall', () => {
    expect(version).toBe('2.1.0');
    expect(runs[0]!.tool.driver.rules.map(({ id }) => id)).toEqual(PROBES.map(({ id }) => id));
  });

  test('has a result for each wall, of the right kind; only failures have a level', () => {
    expect(results.map(({ ruleId, kind, level }) => [ruleId, kind, level])).toEqual([
      ['N1', 'pass', 'none'],
      ['F1', 'fail', 'error'],
      ['K1', 'fail', 'error'],
      ['K2', 'review', 'none'],
      ['K8', 'review', 'none'],
    ]);
  });

  test('points to the line of the service', () => {
    expect(results[0]!.locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: 'sandbox.out/lab/docker-compose.yml' },
      region: { startLine: 4 },
    });
  });

  test('suppresses what was accepted, with the reason, and nothing else', () => {
    const suppressed = results.filter(({ suppressions }) => suppressions !== undefined);
    expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      ['K1', [{ kind: 'external', justification: 'capability-added: needed' }]],
      ['K8', [{ kind: 'external', justification: 'patched' }]],
    ]);
  });
});

describe('JUnit', () => {
  test('has a suite for each service and a case for each wall', () => {
    expect(toJunit([REPORT])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="lab/agent" tests="5" failures="2" errors="0" skipped="2">
    <testcase classname="lab/agent" name="N1 a wall"/>
    <testcase classname="lab/agent" name="F1 a wall">
      <failure type="broken" message="/ is writable"/>
    </testcase>
    <testcase classname="lab/agent" name="K1 a wall">
      <skipped message="broken, accepted: capability-added: needed"/>
    </testcase>
    <testcase classname="lab/agent" name="K2 a wall">
      <failure type="unproven" message="seen"/>
    </testcase>
    <testcase classname="lab/agent" name="K8 a wall">
      <skipped message="unproven, accepted: patched"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('is well-formed whatever the evidence holds', () => {
    const evidence = fc.string({
      unit: fc.oneof(
        fc.constantFrom('<', '>', '&', '"', "'", '\u0000', '\u001b', '\ufffe', '\ud800'),
        fc.string({ unit: 'binary' }),
      ),
    });
    fc.assert(
      fc.property(evidence, (text) => {
        const xml = toJunit([report(result('F1', { verdict: 'broken', evidence: text }))]);
        const [, message] = /message="([^"]*)"\/>\n/.exec(xml) ?? [];
        expect(message).toBeDefined();
        expect(message).not.toMatch(/[<>'"\ufffe\uffff]|&(?!#\d+;)|\p{Cc}|\p{Cs}/u);
      }),
    );
  });
});

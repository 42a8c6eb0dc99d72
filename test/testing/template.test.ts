import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { RootConstruct } from 'constructs';
import { ComposeService } from '../../constructs/compose';
import {
  MANIFEST_FILE,
  MANIFEST_FORMAT,
  serializeManifest,
  type Manifest,
  sha256,
  type SandboxManifest,
} from '../../lib/assembly/manifest';
import { synthesize } from '../../lib/assembly/synthesize';
import { SandboxConstruct } from '../../lib/core/construct';
import { EnvRef } from '../../lib/core/env-ref';
import { SynthesisError } from '../../lib/core/errors';
import { Sandbox } from '../../lib/core/sandbox';
import { Capture, Match, Template } from '../../lib/testing';
import { DOCKERFILE, messageOf, sandboxOf, templateOf } from './sandboxes';

describe('assertions that hold', () => {
  const template = templateOf({
    agent: { readOnly: true, environment: { HOME: '/home/agent' } },
    relay: { readOnly: true },
  });

  test('say nothing and can be chained', () => {
    const same = template
      .hasService('agent')
      .hasService('agent', { environment: { HOME: '/home/agent' } })
      .hasService({ read_only: true })
      .hasNetwork('inside', { internal: true })
      .hasVolume('socket')
      .hasDocument({ name: 'demo', secrets: Match.absent() })
      .allServices({ read_only: true, privileged: Match.absent() })
      .serviceCountIs(2)
      .networkCountIs(1)
      .volumeCountIs(1)
      .hasFile('agent/Dockerfile')
      .hasFile('agent/Dockerfile', DOCKERFILE)
      .hasFile('agent/Dockerfile', Match.stringLikeRegexp('^USER 1000'))
      .hasFile('agent/healthcheck.json', Match.serializedJson({ user: { uid: 1000 } }));
    expect(same).toBe(template);
    expect(template.name).toBe('demo');
  });

  test('findServices gives those that match, all by default, as copies', () => {
    expect(Object.keys(template.findServices())).toEqual(['agent', 'relay']);
    const found = template.findServices({ environment: Match.anyValue() });
    expect(Object.keys(found)).toEqual(['agent']);
    expect(found.agent).toMatchObject({ read_only: true });
    found.agent!.read_only = false;
    template.hasService('agent', { read_only: true });
  });

  test('a capture sees every service that matched, and none of a failed assertion', () => {
    const image = new Capture();
    template.allServices({ image });
    expect(image.values).toEqual(['debian:trixie-slim', 'debian:trixie-slim']);
    const readOnly = new Capture();
    expect(() => template.allServices({ read_only: readOnly, init: true })).toThrow();
    expect(readOnly.values).toEqual([]);
  });
});

describe('the template as data', () => {
  test('toJSON has text as the container sees it and references in the syntax of Compose', () => {
    const template = templateOf({
      agent: {
        environment: { PRICE: '$5', RATIO: '${X}', HOST: EnvRef.required('HOST', 'the host') },
      },
    });
    expect(template.toJSON()).toMatchObject({
      services: {
        agent: { environment: { PRICE: '$5', RATIO: '${X}', HOST: '${HOST:?the host}' } },
      },
    });
    template.hasService('agent', { environment: { HOST: EnvRef.required('HOST', 'the host') } });
  });

  test('toJSON has the keys in the order of the file, and is the caller’s to change', () => {
    const template = templateOf({ agent: { readOnly: true, image: 'x' } });
    const json = template.toJSON() as { services: { agent: object } };
    expect(Object.keys(json.services.agent)).toEqual(['image', 'network_mode', 'read_only']);
    json.services = { agent: {} };
    template.hasService('agent', { image: 'x' });
  });

  test('toYaml and file are what is written', () => {
    const template = templateOf({ agent: {} });
    expect(template.toYaml()).toBe(template.file('docker-compose.yml'));
    expect(template.toYaml()).toContain('\nname: demo\n');
    expect(template.file('agent/Dockerfile')).toBe(DOCKERFILE);
    expect(template.filePaths).toEqual([
      'docker-compose.yml',
      'agent/Dockerfile',
      'agent/healthcheck.json',
    ]);
  });

  test('the same sandbox gives the same bytes', () => {
    const bytes = () => {
      const template = templateOf({ b: { init: true }, a: { labels: { z: '1', a: '2' } } });
      return [template.toYaml(), JSON.stringify(template)];
    };
    expect(bytes()).toEqual(bytes());
  });
});

describe('fromSandbox', () => {
  test('throws when findings stop the synthesis, unless they are allowed', () => {
    const sandbox = sandboxOf({ agent: { networkMode: 'host' } });
    expect(() => Template.fromSandbox(sandbox)).toThrow(SynthesisError);
    Template.fromSandbox(sandbox, { allowFindings: true })
      .hasService('agent', { network_mode: 'host' })
      .hasFinding(openFindings(sandbox).find(({ severity }) => severity === 'error')!.rule, {
        construct: 'demo/agent',
        severity: 'error',
      });
  });

  test('looks at that sandbox alone, whatever is wrong with its neighbours', () => {
    const root = new RootConstruct();
    const good = new Sandbox(root, 'good');
    const bad = new Sandbox(root, 'bad');
    new ComposeService(bad, 'agent', { image: 'x', networkMode: 'host' });
    expect(openFindings(bad).length).toBeGreaterThan(0);
    Template.fromSandbox(good).serviceCountIs(0).hasNoFindings();
  });

  test('an acknowledgement counts on the construct of the finding and on all above it', () => {
    const rule = 'network-not-air-gapped';
    for (const level of ['root/team', 'sandbox', 'service'] as const) {
      const team = new Team(new RootConstruct(), 'team');
      const sandbox = new Sandbox(team, 'demo');
      const service = new ComposeService(sandbox, 'agent', { image: 'x', networkMode: 'bridge' });
      expect(openRules(sandbox)).toContain(rule);
      ({ 'root/team': team, sandbox, service })[level].acknowledge(rule, 'a lab without secrets');
      expect(openRules(sandbox)).not.toContain(rule);
    }
  });

  test('an acknowledgement that matches nothing is an error, but not one for a neighbour', () => {
    const team = new Team(new RootConstruct(), 'team');
    const sandbox = new Sandbox(team, 'demo');
    team.acknowledge('network-not-air-gapped', 'about another sandbox');
    Template.fromSandbox(sandbox).hasNoFindings();
    sandbox.acknowledge('network-not-air-gapped', 'about this one');
    expect(() => Template.fromSandbox(sandbox)).toThrow(/matches no finding here/);
  });
});

describe('findings and acknowledgements', () => {
  test('an accepted finding is an acknowledgement and no finding', () => {
    const sandbox = sandboxOf({ agent: { networkMode: 'bridge' } });
    sandbox.acknowledge('network-not-air-gapped', 'a lab without secrets');
    const template = Template.fromSandbox(sandbox, { allowFindings: true });
    template
      .hasAcknowledgement('network-not-air-gapped', { reason: 'a lab without secrets' })
      .hasAcknowledgement('network-not-air-gapped', { construct: 'demo/agent' });
    expect(messageOf(() => template.hasNoAcknowledgements())).toContain('a lab without secrets');
    expect(messageOf(() => template.hasFinding('network-not-air-gapped'))).toContain(
      'there is no finding of network-not-air-gapped',
    );
  });

  test('a misspelt rule gets a suggestion, a misspelt key too', () => {
    const template = templateOf({ agent: { networkMode: 'bridge' } });
    expect(messageOf(() => template.hasFinding('network-not-airgapped'))).toContain(
      'did you mean network-not-air-gapped?',
    );
    const typo = { mesage: 'x' } as never;
    expect(messageOf(() => template.hasFinding('network-not-air-gapped', typo))).toBe(
      'this can never be expected: a finding has no mesage; did you mean message?',
    );
  });

  test('a finding that is otherwise is shown with the mismatch', () => {
    const template = templateOf({ agent: { networkMode: 'bridge' } });
    const message = messageOf(() =>
      template.hasFinding('network-not-air-gapped', { construct: 'demo/relay' }),
    );
    expect(message).toContain(
      'construct: demo/agent  !! expected demo/relay but received demo/agent',
    );
  });

  test('hasNoFindings lists what there is, with the fix', () => {
    const message = messageOf(() =>
      templateOf({ agent: { networkMode: 'bridge' } }).hasNoFindings(),
    );
    expect(message).toMatch(
      /error network-not-air-gapped at demo\/agent: received .*; use new Isol/,
    );
  });
});

describe('fromApp and fromAssembly', () => {
  test('take a sandbox by name, and the only one without', () => {
    const app = new RootConstruct();
    new Sandbox(app, 'lab');
    new Sandbox(app, 'field');
    expect(Template.fromApp(app, 'lab').name).toBe('lab');
    expect(Template.fromAssembly(synthesize(app, { only: ['field'] })).name).toBe('field');
  });

  test('say which there are when the name is missing or misspelt', () => {
    const app = new RootConstruct();
    new Sandbox(app, 'lab');
    new Sandbox(app, 'field');
    expect(messageOf(() => Template.fromApp(app))).toContain('there are: lab, field');
    expect(messageOf(() => Template.fromApp(app, 'labb'))).toContain('did you mean lab?');
  });
});

describe('fromFolder', () => {
  let folder: string;
  beforeAll(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'template-'))));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test('reads what was written: the same document, files and acknowledgements', () => {
    const sandbox = sandboxOf({
      agent: {
        networkMode: 'bridge',
        environment: { PRICE: '$5', HOST: EnvRef.text`$$${EnvRef.required('HOST', 'the host')}` },
        labels: { yes: 'no', '0o17': '1e3' },
      },
    });
    const template = Template.fromSandbox(sandbox, { allowFindings: true });
    write(path.join(folder, 'sandbox.out'), template);

    for (const read of [
      Template.fromFolder(path.join(folder, 'sandbox.out')),
      Template.fromFolder(path.join(folder, 'sandbox.out'), 'demo'),
      Template.fromFolder(path.join(folder, 'sandbox.out', 'demo')),
    ]) {
      expect(read.toJSON()).toEqual(template.toJSON());
      expect(read.toYaml()).toBe(template.toYaml());
      expect(read.filePaths).toEqual(template.filePaths);
      read.hasAcknowledgement('network-not-air-gapped', { reason: 'a lab' });
      expect(messageOf(() => read.hasNoFindings())).toContain('records no findings');
    }
  });

  test('says so when nothing was synthesized there', () => {
    expect(messageOf(() => Template.fromFolder(os.tmpdir()))).toContain(
      'allowed: an output folder',
    );
    expect(messageOf(() => Template.fromFolder('/no/such/folder'))).toContain('received /no/such');
  });
});

class Team extends SandboxConstruct {}

/** Writes what a template holds as synthesis does. */
function write(output: string, template: Template): void {
  const files = template.filePaths.map((file) => [file, template.file(file)] as const);
  for (const [file, content] of files) {
    const target = path.join(output, template.name, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  }
  const sandbox: SandboxManifest = {
    level: 1,
    dataClassification: 'internal',
    services: ['agent'],
    acknowledged: [{ rule: 'network-not-air-gapped', construct: 'demo/agent', reason: 'a lab' }],
    files: Object.fromEntries(files.map(([file, content]) => [file, sha256(content)])),
  };
  const manifest: Manifest = {
    format: MANIFEST_FORMAT,
    policyDigest: 'sha256:0',
    sandboxes: { demo: sandbox },
  };
  fs.writeFileSync(path.join(output, MANIFEST_FILE), serializeManifest(manifest));
}

function openFindings(sandbox: Sandbox) {
  return Template.fromSandbox(sandbox, { allowFindings: true }).findings;
}

function openRules(sandbox: Sandbox): string[] {
  return openFindings(sandbox).map(({ rule }) => rule);
}

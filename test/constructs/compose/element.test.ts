/** L1 constructs: names, rendering, overrides. */
import { Construct, RootConstruct } from 'constructs';
import {
  ComposeConfig,
  ComposeModel,
  ComposeNetwork,
  ComposeSecret,
  ComposeService,
  type ComposeServiceProps,
  ComposeVolume,
} from '../../../constructs/compose';
import { COMPOSE_ELEMENT, isComposeElement } from '../../../lib/compose/element';
import { validateElement } from '../../../lib/compose/validate';
import { DuplicateIdError } from '../../../lib/core/errors';
import { EnvRef } from '../../../lib/core/env-ref';

let root: RootConstruct;

beforeEach(() => {
  root = new RootConstruct();
});

describe('an L1 construct', () => {
  test.each([
    ['services', () => new ComposeService(root, 'a')],
    ['networks', () => new ComposeNetwork(root, 'a')],
    ['volumes', () => new ComposeVolume(root, 'a')],
    ['secrets', () => new ComposeSecret(root, 'a')],
    ['configs', () => new ComposeConfig(root, 'a')],
    ['models', () => new ComposeModel(root, 'a', { model: 'ai/smollm2' })],
  ] as const)('belongs to the section %s', (section, make) => {
    const element = make();
    expect(element.section).toBe(section);
    expect(element.render().problems).toEqual([]);
  });

  test('is called by its id, by the id around it when it is the default child, or as told', () => {
    const outer = new Construct(root, 'agent');
    expect(new ComposeService(root, 'relay').elementName).toBe('relay');
    expect(new ComposeService(outer, 'Resource').elementName).toBe('agent');
    expect(new ComposeVolume(outer, 'out', {}, { name: 'output' }).elementName).toBe('output');
    expect(new ComposeService(root, 'Resource').elementName).toBe('Resource');
    expect(outer.node.defaultChild).toBeInstanceOf(ComposeService);
  });

  test('is recognized, also when it is of another installed copy of the package', () => {
    const foreign = Object.assign(new Construct(root, 'b'), {
      [Symbol.for('sandbox-cdk.ComposeElement')]: true,
    });
    expect(isComposeElement(new ComposeService(root, 'a'))).toBe(true);
    expect(isComposeElement(foreign)).toBe(true);
    expect(isComposeElement(root)).toBe(false);
    expect(COMPOSE_ELEMENT).toBe(Symbol.for('sandbox-cdk.ComposeElement'));
  });

  test('has an id of its own in its scope', () => {
    new ComposeService(root, 'a');
    expect(() => new ComposeVolume(root, 'a')).toThrow(DuplicateIdError);
  });
});

describe('rendering', () => {
  test('gives the props in the Compose spelling', () => {
    const tag = EnvRef.required('TAG', 'image tag');
    const service = new ComposeService(root, 'agent', {
      image: tag,
      readOnly: true,
      environment: { SOME_camelCase_key: 'a', someKey: tag },
      'x-team': { someKey: 1 },
    });
    expect(service.render()).toEqual({
      value: {
        image: tag,
        read_only: true,
        environment: { SOME_camelCase_key: 'a', someKey: tag },
        'x-team': { someKey: 1 },
      },
      problems: [],
    });
  });

  test('asks a function for the props only now, and each time', () => {
    const mounts: string[] = [];
    const service = new ComposeService(root, 'agent', () => ({ volumes: [...mounts] }));
    mounts.push('a:/a');
    expect(service.render().value).toEqual({ volumes: ['a:/a'] });
    mounts.push('b:/b');
    expect(service.render().value).toEqual({ volumes: ['a:/a', 'b:/b'] });
  });

  test('gives data of its own each time', () => {
    const props = { labels: { a: 'b' } };
    const service = new ComposeService(root, 'agent', props);
    const { value } = service.render();
    (value.labels as Record<string, string>).a = 'changed';
    expect(service.render().value).toEqual({ labels: { a: 'b' } });
    expect(props).toEqual({ labels: { a: 'b' } });
  });

  test('reports props that are none instead of throwing', () => {
    for (const props of [null, 'a', [], new Map()] as unknown as ComposeServiceProps[]) {
      const service = new ComposeService(new RootConstruct(), 'agent', () => props);
      expect(service.render()).toMatchObject({ value: {}, problems: [{ path: [] }] });
    }
  });
});

describe('an override', () => {
  test('is applied after the props, in the order of the calls', () => {
    const service = new ComposeService(root, 'agent', { user: '1000', capAdd: ['A'] });
    service
      .addOverride('user', '1001')
      .addOverride('cap_add.1', 'B')
      .addOverride('deploy.resources.limits', { cpus: 1 })
      .addOverride('deploy.resources.limits.cpus', 2)
      .addOverride(['labels', 'com.example.team'], 'payments')
      .addOverride('user', undefined);
    const expected = {
      cap_add: ['A', 'B'],
      deploy: { resources: { limits: { cpus: 2 } } },
      labels: { 'com.example.team': 'payments' },
    };
    expect(service.render()).toEqual({ value: expected, problems: [] });
    expect(service.render()).toEqual({ value: expected, problems: [] });
  });

  test('keeps the value as it was at the call', () => {
    const labels = { a: 'b' };
    const service = new ComposeService(root, 'agent').addOverride('labels', labels);
    labels.a = 'changed';
    expect(service.render().value).toEqual({ labels: { a: 'b' } });
  });

  test('is in the Compose spelling, and validated in it', () => {
    const service = new ComposeService(root, 'agent').addOverride('readOnly', true);
    expect(validateElement('Service', service.render().value)).toMatchObject([
      { path: ['readOnly'], message: 'is not a known key; did you mean "read_only"?' },
    ]);
  });

  test('that does not fit, or is no plain data, is a problem of the rendering', () => {
    const service = new ComposeService(root, 'agent', { build: './app' })
      .addOverride('build.target', 'dev')
      .addOverride('labels', { a: () => 1, b: 'c' })
      .addOverride('user', () => 'root');
    const { value, problems } = service.render();
    expect(value).toEqual({ build: './app', labels: { b: 'c' } });
    expect(problems.map(({ path }) => path.join('.'))).toEqual(['labels.a', 'user', 'build']);
  });

  test('refuses a path to a prototype at the call', () => {
    const service = new ComposeService(root, 'agent');
    expect(() => service.addOverride('labels.__proto__.polluted', 1)).toThrow(RangeError);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

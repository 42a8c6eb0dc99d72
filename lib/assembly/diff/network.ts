/** The air gap, and every way around it. */
import { isObject } from '../../core/is-object';
import type { Verdict } from './change';
import { grants, keyed, plain, was, type Classifier } from './classifier';
import { entriesOf, get, listOf, show, splitOutside, textOf } from './values';

/** How much of the world a network mode reaches: nothing, some network, the host's own. */
function reach(mode: unknown): number {
  return mode === 'none' ? 0 : mode === 'host' ? 2 : 1;
}

function told(mode: unknown): string {
  if (mode === undefined) return 'the networks of its project';
  return mode === 'host' ? "the host's own network" : `the network ${show(mode)}`;
}

export const networkMode: Classifier = function* (before, after, subject) {
  const { name } = subject;
  const old = was(subject, reach(before) === 0 ? 'air-gapped' : told(before));
  if (reach(after) === 0) {
    yield { before, after, effect: 'narrows', summary: `${name} is air-gapped now${old}` };
  } else if (reach(after) < reach(before)) {
    yield { before, after, effect: 'narrows', summary: `${name} is on ${told(after)} now${old}` };
  } else {
    // Another network is another neighbourhood, even where it is no larger one.
    const summary = `${name} can now reach ${told(after)}${old}`;
    yield { before, after, effect: 'broadens', summary };
  }
};

/** Without networks and without a mode, a service is on the default network of its project. */
export const networks: Classifier = function* (before, after, subject) {
  yield* eachNetwork(before, after, subject);
  const left = networksOf(after).size === 0 && networksOf(before).size > 0;
  if (left && get(subject.after, 'network_mode') === undefined) {
    const summary = `${subject.name} is on the default network of its project now`;
    yield { before, after, effect: 'broadens', summary };
  }
};

const eachNetwork = keyed(networksOf, function* (key, before, after, subject) {
  const { name } = subject;
  if (before === undefined) {
    const summary = `${name} can now reach the network ${key}`;
    yield { before, after, effect: 'broadens', summary };
  } else if (after === undefined) {
    const summary = `${name} can no longer reach the network ${key}`;
    yield { before, after, effect: 'narrows', summary };
  } else yield* plain(['network', key])(before, after, subject);
});

/** Names, or a map of names to settings; a name without settings is still there. */
function networksOf(value: unknown): Map<string, unknown> {
  if (isObject(value)) {
    return new Map(Object.entries(value).map(([key, settings]) => [key, settings ?? {}]));
  }
  return new Map(listOf(value).map((name) => [textOf(name), {}]));
}

interface Port {
  readonly published: unknown;
  readonly host: string;
}

export const ports = keyed(portsOf, function* (key, before, after, subject) {
  const [old, next] = [before, after] as [Port | undefined, Port | undefined];
  const verdict = (effect: Verdict['effect'], phrase: string): Verdict => {
    return { before, after, effect, summary: `port ${key} of ${subject.name} ${phrase}` };
  };
  if (!next) yield verdict('narrows', 'is no longer published on the host');
  else if (!old) yield verdict('broadens', `is published on ${addressOf(next)} of the host now`);
  else if (isLoopback(old) === isLoopback(next)) {
    yield verdict('neutral', `is published as ${show(next.published)} on ${addressOf(next)} now`);
  } else if (isLoopback(next)) yield verdict('narrows', 'is published for the host alone now');
  else yield verdict('broadens', `is published on ${addressOf(next)} now (was the host alone)`);
});

/** Published ports by port and protocol in the container. */
function portsOf(value: unknown): Map<string, Port> {
  return new Map(
    listOf(value).map((port) => {
      if (isObject(port)) {
        const host = get(port, 'host_ip');
        const key = `${textOf(get(port, 'target'))}/${textOf(get(port, 'protocol') ?? 'tcp')}`;
        return [key, { published: get(port, 'published'), host: textOf(host ?? '') }];
      }
      const [, address, protocol = 'tcp'] = /^([^]*?)(?:\/(\w+))?$/.exec(textOf(port))!;
      const pieces = splitOutside(address!, ':');
      const [target, published, ...host] = pieces.reverse();
      return [`${target}/${protocol}`, { published, host: host.reverse().join(':') }];
    }),
  );
}

function isLoopback({ host }: Port): boolean {
  return /^(?:127\.|\[?::1\]?$|localhost$)/.test(host);
}

function addressOf({ host }: Port): string {
  return host === '' ? 'every address' : host;
}

export const extraHosts = keyed(hostsOf, function* (key, before, after, { name }) {
  const effect = after === undefined ? 'narrows' : 'broadens';
  const phrase = after === undefined ? 'no longer knows' : 'now knows';
  const where = after === undefined ? '' : ` as ${show(after)}`;
  yield { before, after, effect, summary: `${name} ${phrase} the host ${key}${where}` };
});

/** `name=address` or `name:address`, or a map. */
function hostsOf(value: unknown): Map<string, unknown> {
  if (isObject(value)) return entriesOf(value);
  return new Map(
    listOf(value).map((item) => {
      const [, host, address] = /^([^=:]*)[=:]?([^]*)$/.exec(textOf(item))!;
      return [host!, address];
    }),
  );
}

export const dns = grants(
  (item) => `can now look up names at ${show(item)}`,
  (item) => `can no longer look up names at ${show(item)}`,
);

export const links = grants(
  (item) => `can now reach the service ${show(item)} by name`,
  (item) => `can no longer reach the service ${show(item)} by name`,
);

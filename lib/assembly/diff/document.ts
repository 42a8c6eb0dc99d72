/** Differences between two Compose documents of one sandbox. */
import { isObject } from '../../core/is-object';
import type { Verdict } from './change';
import { flag, keyed, parts, plain, type Classifier, type Subject } from './classifier';
import { departures, diffService } from './service';
import { tmpfsOptions } from './mount-list';
import { compareLimits } from './limits';
import { bytesOf, get, same, show, textOf, type Plain } from './values';

/** Every difference, with the path in the document. */
export function* diffDocuments(before: Plain, after: Plain): Iterable<Verdict> {
  for (const section of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [one, other] = [get(before, section), get(after, section)];
    if (same(one, other)) continue;
    const known = Object.hasOwn(SECTIONS, section);
    const classify = known ? SECTIONS[section]! : plain([section]);
    for (const verdict of classify(one, other, NOBODY)) {
      yield { ...verdict, at: [section, ...(verdict.at ?? [])] };
    }
  }
}

/** The document itself, where a classifier asks for a service. */
const NOBODY: Subject = { name: '', before: {}, after: {}, isNew: false };

function entriesOf(section: unknown): Map<string, unknown> {
  const entries = isObject(section) ? Object.entries(section) : [];
  // `data:` without settings is still there.
  return new Map(entries.map(([name, value]) => [name, value ?? {}]));
}

function plainOf(value: unknown): Plain {
  return isObject(value) ? value : {};
}

const services = keyed(entriesOf, function* (name, before, after) {
  if (after === undefined) {
    yield { before, after, effect: 'narrows', summary: `the service ${name} is gone` };
  } else if (before === undefined) {
    yield { before, after, effect: 'broadens', summary: `the service ${name} is new` };
    yield* departures(name, plainOf(after));
  } else yield* diffService(name, plainOf(before), plainOf(after));
});

const DRIVERS_OF_THE_HOST: readonly unknown[] = ['host', 'macvlan', 'ipvlan'];

const networkDriver: Classifier = function* (before, after, { name }) {
  const onHost = (driver: unknown) => DRIVERS_OF_THE_HOST.includes(driver);
  const effect = onHost(after) ? 'broadens' : onHost(before) ? 'narrows' : 'neutral';
  yield { before, after, effect, summary: `${name} has the driver ${show(after)} now` };
};

const external = (what: string): Classifier =>
  function* (before, after, { name }) {
    const effect = after === undefined || after === false ? 'narrows' : 'broadens';
    const told =
      effect === 'narrows' ? `is the sandbox's own ${what}` : `is a ${what} from outside`;
    yield { before, after, effect, summary: `${name} ${told} now` };
  };

const network = parts(
  {
    internal: flag(
      'internal',
      ['narrows', 'leads nowhere outside now'],
      ['broadens', 'leads outside now'],
    ),
    attachable: flag(
      'attachable',
      ['broadens', 'can be joined by any container now'],
      ['narrows', 'can be joined by its own services only now'],
    ),
    enable_ipv6: flag(
      'enable_ipv6',
      ['broadens', 'has IPv6 now'],
      ['narrows', 'has no IPv6 any more'],
    ),
    driver: networkDriver,
    external: external('network'),
  },
  'network',
);

/** A volume of the local driver can be any folder of the host, or memory of a size. */
const driverOptions: Classifier = function* (before, after, subject) {
  const verdicts = [
    ...hostFolder(get(before, 'device'), get(after, 'device'), subject),
    ...sizeInMemory(get(before, 'o'), get(after, 'o'), subject),
  ];
  if (verdicts.length > 0) yield* verdicts;
  else yield* plain(['driver_opts'])(before, after, subject);
};

const hostFolder: Classifier = function* (before, after, { name }) {
  const isHost = (device: unknown) => textOf(device ?? '').startsWith('/');
  if (before === after || !(isHost(before) || isHost(after))) return;
  const effect = isHost(after) ? 'broadens' : 'narrows';
  const what = isHost(after) ? `${show(after)} of the host` : 'no part of the host any more';
  yield { at: ['device'], before, after, effect, summary: `${name} is ${what} now` };
};

const sizeInMemory: Classifier = function* (before, after, subject) {
  const size = (options: unknown) => tmpfsOptions(textOf(options ?? '')).size;
  const limit = { noun: 'memory', parse: bytesOf };
  const verdict = compareLimits(limit, size(before), size(after), subject);
  if (verdict) yield { ...verdict, at: ['o'], before, after };
};

const volume = parts({ driver_opts: driverOptions, external: external('volume') }, 'volume');

/** Things of the document that services are given: that they are there means nothing by itself. */
function declared(what: string, classify: Classifier): Classifier {
  return keyed(entriesOf, function* (key, before, after) {
    const name = `the ${what} ${key}`;
    if (after === undefined) {
      yield { before, after, effect: 'neutral', summary: `${name} is gone` };
      return;
    }
    const subject = { ...NOBODY, name, isNew: before === undefined };
    if (before === undefined) {
      yield { before, after, effect: 'neutral', summary: `${name} is new` };
    }
    for (const verdict of classify(before ?? {}, after, subject)) {
      if (before !== undefined || verdict.effect === 'broadens') yield verdict;
    }
  });
}

const include: Classifier = function* (before, after) {
  const effect = after === undefined ? 'narrows' : 'broadens';
  const summary =
    after === undefined
      ? 'no other document is included any more'
      : `${show(after)} is included now`;
  yield { before, after, effect, summary };
};

const SECTIONS: Readonly<Record<string, Classifier>> = {
  services,
  networks: declared('network', network),
  volumes: declared('volume', volume),
  secrets: declared('secret', parts({}, 'secret')),
  configs: declared('config', parts({}, 'config')),
  models: declared('model', parts({}, 'model')),
  include,
};

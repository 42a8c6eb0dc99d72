/** The ways in which rules walk a subject, so that a rule itself only says what it looks for. */
import type { ServiceDocument } from '../compose/generated/document';
import type { Instruction } from './dockerfile';
import type { HostReference } from './host-references';
import { inventoryOf, type ServiceEntry } from './inventory';
import type { Mount } from './mounts';
import type { PolicySubject, Rule, Violation, Violations } from './rule';
import { securityOptionsOf, type SecurityOption } from './security-options';
import type { PathKind } from './sensitive-paths';
import type { ServiceDockerfile } from './service-dockerfile';
import { keywordOf, show } from './values';

const NONE: readonly Violation[] = [];

/** Looks at one service at a time; properties are paths below the service. */
export function eachService(
  check: (service: ServiceDocument, entry: ServiceEntry, subject: PolicySubject) => Violations,
): Rule['check'] {
  return (subject) => {
    let found: Violation[] | undefined;
    for (const entry of inventoryOf(subject).services) {
      const violations = check(entry.service, entry, subject);
      if (violations !== undefined) found = add(found, violations, `services.${entry.name}.`);
    }
    return found ?? NONE;
  };
}

/** Looks at one mount of a service at a time; properties are paths below the service. */
export function eachMount(
  check: (mount: Mount, entry: ServiceEntry, subject: PolicySubject) => string | undefined,
): Rule['check'] {
  return (subject) => {
    let found: Violation[] | undefined;
    for (const entry of inventoryOf(subject).services) {
      for (const mount of entry.mounts) {
        const message = check(mount, entry, subject);
        if (message === undefined) continue;
        const property = `services.${entry.name}.${mount.property}`;
        (found ??= []).push({ message, property });
      }
    }
    return found ?? NONE;
  };
}

/** Looks at one path of the host at a time, whatever the document refers to it for. */
export function eachHostReference(
  check: (reference: HostReference) => string | undefined,
): Rule['check'] {
  return (subject) => {
    let found: Violation[] | undefined;
    for (const reference of inventoryOf(subject).references) {
      const message = check(reference);
      if (message !== undefined) (found ??= []).push({ message, property: reference.property });
    }
    return found ?? NONE;
  };
}

/** Looks at one instruction of a Dockerfile at a time, and says what is wrong with it. */
export function eachInstruction(
  check: (instruction: Instruction) => string | undefined,
): Rule['check'] {
  // The same Dockerfile serves many sandboxes.
  const known = new WeakMap<object, readonly string[]>();
  return eachService((_, { dockerfile: built }) => {
    if (!built?.dockerfile) return undefined;
    let messages = known.get(built.dockerfile);
    if (!messages) {
      messages = built.dockerfile.instructions.flatMap((instruction) => {
        const message = check(instruction);
        return message === undefined ? [] : [`line ${instruction.line}: ${message}`];
      });
      known.set(built.dockerfile, messages);
    }
    return messages.length === 0 ? undefined : messages.map((message) => inFile(built, message));
  });
}

/** Finds services that use the host's namespace of a kind. */
export function hostNamespace(
  key: 'pid' | 'ipc' | 'uts' | 'userns_mode' | 'cgroup',
): Rule['check'] {
  return eachService((service) => {
    if (service[key] === undefined || keywordOf(service[key]) !== 'host') return undefined;
    return { property: key, message: `received ${key} "host"` };
  });
}

/** Finds the security options that are not allowed. */
export function securityOptions(isWrong: (option: SecurityOption) => boolean): Rule['check'] {
  return eachService(({ security_opt: options }) => {
    if (options === undefined) return undefined;
    const wrong = securityOptionsOf(options).filter(isWrong);
    if (wrong.length === 0) return undefined;
    return wrong.map(({ index, text }) => ({
      property: `security_opt.${index}`,
      message: `received ${show(text)}`,
    }));
  });
}

/** Finds every reference to a host path of a kind; only mounts, where `mountsOnly` says so. */
export function refersTo(kind: PathKind, mountsOnly = false): Rule['check'] {
  return eachHostReference((reference) => {
    if (reference.source.verdict?.kind !== kind) return undefined;
    if (mountsOnly && reference.use !== 'mounts') return undefined;
    return describe(reference);
  });
}

/** A violation in the file that a service is built from. */
export function inFile({ name, property }: ServiceDockerfile, message: string): Violation {
  return { property, message: `${name}, ${message}` };
}

function describe({ use, source }: HostReference): string {
  const { shown, resolved, verdict } = source;
  const leads = resolved.length > 1 ? `, which leads to ${show(resolved.at(-1))}` : '';
  return `${use} ${shown}${leads}: that ${verdict?.relation} ${verdict?.place}, ${verdict?.what}`;
}

function add(found: Violation[] | undefined, more: NonNullable<Violations>, at: string) {
  const all = found ?? [];
  for (const violation of Array.isArray(more) ? (more as Violation[]) : [more as Violation]) {
    all.push({ ...violation, property: at + violation.property });
  }
  return all;
}

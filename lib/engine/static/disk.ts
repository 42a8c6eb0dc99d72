/** What lies on this host where the services of a folder would read and write. */
import * as fs from 'node:fs';
import type { OutputSandbox } from '../../assembly/read';
import { inventoryOf } from '../../policy/inventory';
import type { PolicySubject } from '../../policy/rule';
import type { DescribedMount } from '../described';
import { masksOf } from '../masks';
import { folderProblems } from '../preflight';
import { findTraps } from '../sources/traps';
import { all, broken, proven, unproven, type Judgement } from '../verdict';

export interface DiskJudgements {
  readonly asGenerated: Judgement;
  readonly secrets: (service: string) => Judgement;
  readonly traps: (service: string) => Judgement;
}

export function lookAtDisk(subject: PolicySubject, sandbox: OutputSandbox): DiskJudgements {
  const bindsOf = (service: string) => bindMounts(subject, service);
  return {
    asGenerated: asGenerated(sandbox),
    secrets: (service) => secretsIn(bindsOf(service)),
    traps: (service) => trapsIn(bindsOf(service).filter(({ read_only }) => !read_only)),
  };
}

function asGenerated(sandbox: OutputSandbox): Judgement {
  const problems = folderProblems(sandbox, false);
  return problems.length > 0
    ? broken(problems.join('; '))
    : proven(`${sandbox.files.size} files are as generated`);
}

/** Where a source lies on this host; a variable without a value leads nowhere. */
function bindMounts(subject: PolicySubject, service: string): readonly DescribedMount[] {
  const entry = inventoryOf(subject).services.find(({ name }) => name === service);
  return (entry?.mounts ?? []).flatMap(({ type, source, target, writable }) => {
    const real = source?.resolved.at(-1);
    if (type !== 'bind' || target === undefined || real === undefined) return [];
    return [{ type, source: real, target, read_only: !writable }];
  });
}

function secretsIn(binds: readonly DescribedMount[]): Judgement {
  const missing = binds.filter(({ source, read_only }) => read_only && !fs.existsSync(source!));
  const masks = masksOf({ volumes: binds });
  const found =
    masks.length === 0
      ? 'none found in the sources'
      : `start masks ${masks.map(({ target }) => target).join(', ')}; plain Compose does not`;
  return all([
    proven(found),
    ...missing.map(({ source }) => unproven(`${source} is not there to be searched`)),
  ]);
}

function trapsIn(binds: readonly DescribedMount[]): Judgement {
  const judgements = binds.map(({ source, target }) => {
    if (!fs.existsSync(source!)) return proven(`${target} is not there yet`);
    const { found, isWhole } = findTraps(source!);
    if (found.length > 0) return broken(found.map((trap) => `${target}/${trap}`).join(', '));
    if (!isWhole) return unproven(`${target} holds too many files to look at all`);
    return proven(`${target}: no link leads out, no device, no socket`);
  });
  return judgements.length > 0 ? all(judgements) : proven('no folder of the host is written to');
}

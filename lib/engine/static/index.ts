/**
 * What can be said of the walls from the output folder alone, without an engine: the rules of synthesis
 * held against the files as they lie there, hand-made edits included, and what lies on this host where
 * the services would read and write.
 */
import type { OutputSandbox } from '../../assembly/read';
import { projectName, realFolder } from '../deployment';
import { PROBES } from '../probes';
import { none } from '../probes/parts';
import {
  areProven,
  wallResult,
  type SandboxReport,
  type ServiceReport,
  type WallResult,
} from '../report';
import { all, type Judgement } from '../verdict';
import { lookAtDisk, type DiskJudgements } from './disk';
import { acceptancesOf, faultsOf, faultsOfRow, type Fault } from './rules';
import { subjectOf } from './subject';

/** Rows that no folder shows: what happens to a container later, and how old the engine is. */
const RUNNING_ONLY: readonly string[] = ['N13', 'K8'];

/** The row of drift, before anything runs. */
const FOLDER = {
  title: 'the folder is what was generated',
  fix: 'sandbox-cdk synth --overwrite writes it as the program describes it',
};

/** A row, or a rule that closes none of them. */
type Wall = Pick<WallResult, 'id' | 'title' | 'fix'>;

const WALLS: readonly Wall[] = PROBES.filter(({ id }) => !RUNNING_ONLY.includes(id)).map((wall) =>
  wall.id === 'D1' ? { ...wall, ...FOLDER } : wall,
);

/**
 * `proven` means here: described so. Nothing is remembered of it.
 *
 * @param allowUnproven reasons by probe
 * @throws OutputError OUTPUT_EDITED for a compose file that is no document
 */
export function validateFolder(
  sandbox: OutputSandbox,
  allowUnproven: ReadonlyMap<string, string>,
): SandboxReport {
  const subject = subjectOf(sandbox);
  const faults = faultsOf(subject, sandbox);
  const disk = lookAtDisk(subject, sandbox);
  const names = Object.keys(subject.document.services ?? {});
  const services = names.map((service) =>
    judgeService(service, faults(service), disk, allowUnproven),
  );
  const project = projectName(sandbox.name, realFolder(sandbox.folder));
  return { sandbox: sandbox.name, project, isProven: areProven(services), services };
}

function judgeService(
  service: string,
  faults: readonly Fault[],
  disk: DiskJudgements,
  allowUnproven: ReadonlyMap<string, string>,
): ServiceReport {
  const result = (wall: Wall, own: readonly Fault[], ...seen: readonly Judgement[]) =>
    wallResult(
      { id: wall.id, title: wall.title, fix: own[0]?.fix ?? wall.fix },
      all([described(own), ...seen]),
      allowUnproven.get(wall.id),
      seen.some(isBroken) ? [] : acceptancesOf(own),
    );
  const rows = WALLS.map((wall) => {
    const own = faultsOfRow(faults, wall.id);
    return result(wall, own, ...onDisk(wall, service, disk));
  });
  const others = faults.filter(
    ({ severity, rule }) =>
      severity === 'error' && !WALLS.some(({ id }) => rule.threats.includes(id)),
  );
  const rules = [...new Set(others.map(({ rule }) => rule))];
  const rest = rules.map((each) =>
    result(
      each,
      others.filter(({ rule }) => rule === each),
    ),
  );
  return { service, results: [...rows, ...rest] };
}

function isBroken({ verdict }: Judgement): boolean {
  return verdict === 'broken';
}

function described(faults: readonly Fault[]): Judgement {
  return none(
    faults.map(({ property, message }) => `${property}: ${message}`),
    'described so',
  );
}

function onDisk({ id }: Wall, service: string, disk: DiskJudgements): readonly Judgement[] {
  if (id === 'D1') return [disk.asGenerated];
  if (id === 'F2') return [disk.secrets(service)];
  return id === 'F5' ? [disk.traps(service)] : [];
}

/** What an assembly has to tell besides its files: sandboxes, findings, and what was accepted. */
import type { Assembly } from '../../assembly/assembly';
import type { Io } from '../io';
import type { LoadedAssembly } from '../load-assembly';
import { countFindings, findingToJson, plural, tellFindings } from './findings';

/** Findings that stopped nothing, and what was accepted on purpose. */
export function tellWhatIsLeft(
  io: Io,
  { assembly, project }: LoadedAssembly,
  { notes = false }: { readonly notes?: boolean },
): void {
  const shown = assembly.findings.filter(({ severity }) => notes || severity !== 'note');
  tellFindings(io, shown, project.projectDir);
  const parts = [
    ...(shown.length > 0 ? [countFindings(shown)] : []),
    ...(assembly.accepted.length > 0
      ? [`${plural(assembly.accepted.length, 'finding')} accepted on purpose`]
      : []),
  ];
  if (parts.length > 0) io.tell(parts.join(', '));
}

export function describeSandboxes({ manifest }: Assembly): object {
  return {
    sandboxes: Object.entries(manifest.sandboxes).map(([name, { level, services }]) => ({
      name,
      level,
      services,
    })),
  };
}

export function describeFindings({ findings, accepted }: Assembly, projectDir: string): object {
  return {
    findings: findings.map((finding) => findingToJson(finding, projectDir)),
    accepted: accepted.map(({ finding, acknowledgement }) => ({
      ...findingToJson(finding, projectDir),
      reason: acknowledgement.reason,
    })),
  };
}

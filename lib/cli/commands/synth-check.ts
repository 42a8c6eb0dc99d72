/** `synth --check`: does the output folder say what the program says? */
import { findDrift } from '../../assembly/drift';
import { unifiedDiff } from '../../assembly/unified-diff';
import { ExitCode } from '../exit-code';
import type { Io } from '../io';
import type { LoadedAssembly } from '../load-assembly';
import { describeFindings, tellWhatIsLeft } from '../output/assembly';
import { colourDiff } from '../output/diff-colours';
import { plural, relativeTo } from '../output/findings';
import { answerJson } from '../output/json';

export function check(
  loaded: LoadedAssembly,
  options: { readonly json?: boolean; readonly notes?: boolean },
  io: Io,
): ExitCode {
  const { assembly, project, only } = loaded;
  const drift = findDrift(assembly, only);
  const folder = relativeTo(project.projectDir, assembly.folder);
  const count = drift.length;
  if (options.json) {
    const files = drift.map(({ path, kind }) => ({ path, kind }));
    const findings = describeFindings(assembly, project.projectDir);
    answerJson(io, { output: folder, upToDate: count === 0, drift: files, ...findings });
  } else {
    tellWhatIsLeft(io, loaded, options);
    if (count > 0) io.answer(colourDiff(unifiedDiff(drift), io.answerStyle));
    io.tell(
      count === 0
        ? `${io.style('green', 'up to date')}: ${folder}`
        : `${io.style('red', 'out of date')}: ${plural(count, 'file')} in ${folder} ${count === 1 ? 'differs' : 'differ'} from the program; run sandbox-cdk synth`,
    );
  }
  return count === 0 ? ExitCode.yes : ExitCode.no;
}

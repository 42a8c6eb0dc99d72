import { eachService } from '../checks';
import type { Rule } from '../rule';
import { isTrue, show } from '../values';

/** What is in the image stays as it was built. */
export const rootFilesystemWritable: Rule = {
  id: 'root-filesystem-writable',
  title: 'The root file system is read-only',
  severity: 'error',
  acknowledgeable: true,
  why: 'On a writable root an agent replaces programs that others run later, among them the health check, and fills the host’s disk.',
  fix: 'leave writableRoot out, and give each folder that programs write to a TmpfsMount',
  threats: ['F1', 'F6', 'S2'],
  controls: ['read-only'],
  check: eachService(({ read_only: readOnly }) =>
    isTrue(readOnly)
      ? undefined
      : { property: 'read_only', message: `received read_only ${show(readOnly)}; allowed is true` },
  ),
};

/** What is known of one way out of a container. */

export type Component = 'engine' | 'containerd' | 'runc' | 'desktop' | 'kernel' | 'gvisor';

/**
 * `inside`: code in the sandbox needs nobody else. `with-help`: somebody outside must do something,
 * as `docker cp`, an `exec`, or a start of what the agent prepared. `other-setup`: only where a
 * sandbox was opened, or the engine is used in a way in which sandboxes do not use it.
 */
export type Reach = 'inside' | 'with-help' | 'other-setup';

export interface Escape {
  readonly id: string;
  readonly component: Component;
  /** What it lets an agent do: `overwrite files of the host`. */
  readonly title: string;
  readonly reach: Reach;
  /** The first affected version. Absent: all before the fix. */
  readonly introduced?: string;
  /** The first fixed version of each release line that got a fix, ascending. */
  readonly fixed: readonly string[];
  /** The advisory. */
  readonly source: string;
  /** What it takes, and what stands against it. */
  readonly note?: string;
}

export const nvd = (id: string): string => `https://nvd.nist.gov/vuln/detail/${id}`;

/** An advisory in a project's own repository on GitHub. */
export const advisory = (repository: string, id: string): string =>
  `https://github.com/${repository}/security/advisories/${id}`;

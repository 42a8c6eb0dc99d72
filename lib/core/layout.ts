/** Where the project and its output lie; held by the root of the tree. */
import type { IConstruct } from 'constructs';

export interface Layout {
  /** The folder of `cdk-like.json`: relative host paths start here. */
  readonly projectDir: string;
  /** The output folder, relative to `projectDir` or absolute. */
  readonly output: string;
}

const LAYOUT = Symbol.for('sandbox-cdk.layout');

/** Marks the folder of a project. */
export const CONFIG_FILE = 'cdk-like.json';

export const DEFAULT_OUTPUT = 'sandbox.out';

/** Says where the tree below `root` lives. */
export function setLayout(root: IConstruct, layout: Layout): void {
  Object.defineProperty(root, LAYOUT, { value: layout, configurable: true });
}

/** The layout of a construct's tree. A tree without one is laid out as if at the root of a disk. */
export function layoutOf(construct: IConstruct): Layout {
  const root = construct.node.root as IConstruct & { [LAYOUT]?: Layout };
  return root[LAYOUT] ?? { projectDir: '/', output: DEFAULT_OUTPUT };
}

/** Presets in a project of their own, and what they render. */
import { RootConstruct } from 'constructs';
import { setLayout } from '../../lib/core/layout';
import { Template } from '../../lib/testing';
import {
  Level1Sandbox,
  Level2Sandbox,
  Level3Sandbox,
  type PresetProps,
  type PresetSandbox,
} from '../../presets';

export const LEVELS = { 1: Level1Sandbox, 2: Level2Sandbox, 3: Level3Sandbox } as const;
export type LevelNumber = keyof typeof LEVELS;

/** A sandbox `demo` of the level, in a project in `/project`. */
export function preset(level: LevelNumber, props: Partial<PresetProps> = {}): PresetSandbox {
  const root = new RootConstruct();
  setLayout(root, { projectDir: '/project', output: 'sandbox.out' });
  return new LEVELS[level](root, 'demo', { source: '.', ...props });
}

export function templateOf(sandbox: PresetSandbox): Template {
  return Template.fromSandbox(sandbox, { allowFindings: true });
}

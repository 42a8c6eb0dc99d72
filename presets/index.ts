/** Whole sandboxes for one kind of user each. */
export { Level1Sandbox, type Level1SandboxProps } from './level-1';
export { Level2Sandbox, type Level2SandboxProps } from './level-2';
export { Level3Sandbox, type Level3SandboxProps } from './level-3';
export { PresetSandbox, type LevelDefaults, type PresetProps } from './preset';

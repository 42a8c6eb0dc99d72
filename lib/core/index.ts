/** What a construct tree is made of; knows no Docker and imports nothing of the house. */
export { SandboxConstruct } from './construct';
export * from './duration';
export * from './env-ref';
export * from './errors';
export * from './finding';
export {
  Sandbox,
  type DataClassification,
  type Level,
  type SandboxFile,
  type SandboxProps,
} from './sandbox';
export * from './size';
export type { SourceLocation } from './source-location';

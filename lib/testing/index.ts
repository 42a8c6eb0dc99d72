/** Assertions for users' own tests of their sandboxes; works in any test runner. */
export { ExpectationError } from './assertion-error';
export { Capture } from './capture';
export type { AcceptedFinding } from './content';
export { Dockerfile, type DockerfileStage } from './dockerfile/dockerfile';
export type { Heredoc } from './dockerfile/lines';
export type { InstalledPackage, PackageManager } from './dockerfile/packages';
export type { DockerfileInstruction } from './dockerfile/parse';
export type { Expected } from './expectation';
export { Match } from './match';
export { Matcher, MatchResult, type Mismatch } from './matcher';
export { Template, type TemplateOptions } from './template';

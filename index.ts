/** sandbox-cdk: sandboxes for AI coding agents, defined as code. */
export { App, type AppProps } from './lib/app/app';
export type { Assembly, SandboxAssembly } from './lib/assembly/assembly';
export * from './lib/core';
export * from './constructs';
export * from './presets';

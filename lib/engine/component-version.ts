/** The versions of an engine's parts, as exactly as it tells them. */
import type { EngineVersion } from './api';
import type { Component } from './escapes';

/** Debian writes its whole package version where others write a commit. */
const PACKAGE_VERSION = /^\d+\.\d+.*[-+~]/;

/** The parts of this engine that an agent could break out through. */
export function componentsOf({ Platform }: EngineVersion): readonly Component[] {
  const isDesktop = /desktop/i.test(Platform?.Name ?? '');
  return ['engine', 'containerd', 'runc', 'kernel', ...(isDesktop ? (['desktop'] as const) : [])];
}

/** Podman speaks the engine's API, and numbers its versions otherwise. */
export function isPodman({ Components }: EngineVersion): boolean {
  return Components?.some(({ Name }) => /podman/i.test(Name)) ?? false;
}

export function versionOf(component: Component, engine: EngineVersion): string | undefined {
  const { Version, KernelVersion, Platform, Components } = engine;
  if (component === 'engine') return isPodman(engine) ? `Podman ${Version}` : Version;
  if (component === 'kernel') return KernelVersion;
  if (component === 'desktop') return Platform?.Name;
  const part = Components?.find(({ Name }) => Name.toLowerCase() === component);
  const commit = part?.Details?.GitCommit;
  return commit !== undefined && PACKAGE_VERSION.test(commit) ? commit : part?.Version;
}

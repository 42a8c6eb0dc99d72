/** The versions of an engine's parts, as exactly as it tells them. */
import type { EngineVersion } from './api';
import type { Component } from './escapes';

/** Debian writes its whole package version where others write a commit. */
const PACKAGE_VERSION = /^\d+\.\d+.*[-+~]/;

export function versionOf(
  component: Component,
  { Version, KernelVersion, Platform, Components }: EngineVersion,
): string | undefined {
  if (component === 'engine') return Version;
  if (component === 'kernel') return KernelVersion;
  if (component === 'desktop') return Platform?.Name;
  const part = Components?.find(({ Name }) => Name.toLowerCase() === component);
  const commit = part?.Details?.GitCommit;
  return commit !== undefined && PACKAGE_VERSION.test(commit) ? commit : part?.Version;
}

/** For each part that an agent could break out through: what is published about its version. */
import type { EngineVersion } from '../api';
import { judgeEscapes, type Component, type EscapeVerdict } from '../escapes';
import { componentsOf, versionOf } from '../component-version';
import type { Line } from './line';
import { commandFor, UPDATE_ENGINE, type Platform } from './platform';

export function escapeLines(version: EngineVersion, platform: Platform): readonly Line[] {
  return componentsOf(version).map((component) => {
    const found = versionOf(component, version);
    return escapeLine(component, found, judgeEscapes(component, found), platform);
  });
}

function escapeLine(
  component: Component,
  version: string | undefined,
  judged: readonly EscapeVerdict[],
  platform: Platform,
): Line {
  const id = `escapes-${component}`;
  const name = `${component} ${version ?? 'of unknown version'}`;
  const rows = ['K8'];
  const fix = commandFor(platform, UPDATE_ENGINE);
  const broken = judged.filter(({ verdict }) => verdict === 'broken');
  const unproven = judged.filter(({ verdict }) => verdict === 'unproven');
  if (broken.length > 0) {
    const list = broken
      .map(({ escape, fixedIn }) => `${escape.id} (fixed in ${fixedIn})`)
      .join(', ');
    return {
      id,
      state: 'bad',
      found: `${name} has ${list}`,
      means: broken[0]!.escape.title,
      rows,
      fix,
    };
  }
  if (unproven.length > 0) {
    const list = unproven.map(({ escape }) => escape.id).join(', ');
    return {
      id,
      state: 'unknown',
      found: `${name}: ${list} cannot be ruled out`,
      means: unproven[0]!.evidence,
      rows,
      fix,
    };
  }
  return {
    id,
    state: 'good',
    found: `${name}: ${judged.length} known escapes, all fixed`,
    means: 'no published way out',
    rows,
  };
}

/** The stages of a Dockerfile that install things, and what they leave behind. */
import type { Agent } from '../agent';
import type { DebianRelease } from './base-image';
import type { Packages } from './packages';

/**
 * npm itself, of a version that runs on the Node.js of every supported base (18.17 and later) and
 * knows C libraries apart, so that only one of a native program's packages is installed.
 * The checksum is that of the file that the registry serves.
 */
const NPM = {
  version: '10.9.9',
  sha256: 'c80bd097147cce32e31010b791bab8c71a26a5e10668210ec9d2e7f4c7cea2a1',
};

/** Removes the packages that the base stage has installed already. */
type Missing = (debianPackages: readonly string[]) => string[];

export function npmStage(
  { npm, programs, agents }: Packages,
  release: DebianRelease | undefined,
  registry: string | undefined,
  missing: Missing,
) {
  if (npm.length === 0) return undefined;
  return {
    // Corepack has been a package of Debian since trixie.
    corepack: release === 'trixie' && {
      ...NPM,
      debianPackages: missing(['ca-certificates', 'node-corepack', 'nodejs']),
    },
    registry: registry?.replace(/\/$/, ''),
    packages: npm,
    setup: [...programs.flatMap(linkCommands), ...agents.flatMap(firstRunCommand)],
    unpacking: agents.filter(({ firstRun }) => firstRun).map(({ title }) => title),
  };
}

/** The pattern must match one file: with none or two, either `ln` or `test` fails. */
function linkCommands([name, path]: readonly [string, string]): string[] {
  const link = `/opt/npm/bin/${name}`;
  return [
    `ln --symbolic --force \\\n        /opt/npm/lib/node_modules/${path} \\\n        ${link}`,
    `test -x ${link}`,
  ];
}

function firstRunCommand({ firstRun }: Agent): string[] {
  if (!firstRun) return [];
  const environment = Object.entries(firstRun.environment).map(
    ([name, value]) => `${name}=${value}`,
  );
  return [[...environment, `/opt/npm/bin/${firstRun.program}`, ...firstRun.arguments].join(' ')];
}

export function pythonStage(
  { python }: Packages,
  index: string | undefined,
  ownAuthorities: boolean,
  missing: Missing,
) {
  if (python.length === 0) return undefined;
  return {
    debianPackages: missing(['ca-certificates', 'python3-venv']),
    environment: [
      ...(ownAuthorities ? ['PIP_CERT=/etc/ssl/certs/ca-certificates.crt'] : []),
      ...(index === undefined ? [] : [`PIP_INDEX_URL=${index}`]),
    ],
    packages: python,
  };
}

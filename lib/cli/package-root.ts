/** Where this copy of the package lies. */
import * as fs from 'node:fs';
import * as path from 'node:path';

// This code runs as lib/cli/package-root (sources) and inside dist/bin/sandbox-cdk.js (the bundle).
export const PACKAGE_ROOT = path.resolve(__dirname, '..', '..');

export const PACKAGE_JSON = path.join(PACKAGE_ROOT, 'package.json');

export interface OwnPackage {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export function ownPackage(): OwnPackage {
  return JSON.parse(fs.readFileSync(PACKAGE_JSON, 'utf8')) as OwnPackage;
}

/** A lockfile that was written on one platform must install on all of them. */
import * as fs from 'node:fs';
import * as path from 'node:path';

interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: object; readonly resolved?: string }>
  >;
}

const lockfile = JSON.parse(
  fs.readFileSync(path.join(__dirname, '../package-lock.json'), 'utf8'),
) as Lockfile;
const packages = Object.entries(lockfile.packages);

test('every optional package of every other platform is locked', () => {
  const missing = packages.flatMap(([location, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !lockfile.packages[`node_modules/${name}`])
      .filter((name) => !lockfile.packages[`${location}/node_modules/${name}`])
      .map((name) => `${name} for ${location}`),
  );
  expect(packages.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

test('no package is locked to one registry', () => {
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

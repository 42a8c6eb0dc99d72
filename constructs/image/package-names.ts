/**
 * Names and versions of packages, as strict as each ecosystem is itself. They become words of a
 * shell command in the Dockerfile: nothing that passes here means anything to a shell, and nothing
 * starts like an option.
 */
import * as z from 'zod';

/** Debian Policy 5.6.1 and 5.6.12. A final `-` would tell apt to remove the package. */
const DEBIAN = /^[a-z0-9][a-z0-9+.-]*[a-z0-9+.](?:=(?:[0-9]+:)?[0-9][A-Za-z0-9.+~-]*)?$/;
const NPM = /^(?:@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/;
const NPM_MAX_LENGTH = 214;
const PYTHON_NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const PYTHON = new RegExp(`^${PYTHON_NAME}(?:\\[${PYTHON_NAME}(?:,${PYTHON_NAME})*\\])?$`);
const NUMBER = '(?:0|[1-9][0-9]*)';
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
/** Semantic Versioning 2.0.0, section 9 and 10. */
const SEMVER = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${IDENTIFIERS})?(?:\\+${IDENTIFIERS})?$`,
);
/** PEP 440, appendix B, without the spellings that it only tolerates. */
const PEP440 =
  /^(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*(?:(?:a|b|rc)[0-9]+)?(?:\.post[0-9]+)?(?:\.dev[0-9]+)?(?:\+[a-z0-9]+(?:[._-][a-z0-9]+)*)?$/;

/** `git`, or `git=1:2.47.3-0+deb13u1`. */
export const debianPackage = z
  .string('a Debian package')
  .regex(DEBIAN, 'a Debian package: git, or with a version git=1:2.47.3-0+deb13u1');

/** A version without a range: `1.2.3`. */
export const exactVersion = z
  .string('a version')
  .regex(SEMVER, 'one exact version, such as 1.2.3; no range and no tag');

/** Package to exact version: `{ typescript: '6.0.3' }`. */
export const npmPackages = z.record(
  z
    .string()
    .max(NPM_MAX_LENGTH, 'an npm package name of at most 214 characters')
    .regex(NPM, 'an npm package name: typescript, @scope/name'),
  exactVersion,
);

/** Package, with extras if any, to exact version: `{ 'uvicorn[standard]': '0.40.0' }`. */
export const pythonPackages = z.record(
  z.string().regex(PYTHON, 'a Python package name: ruff, or with extras uvicorn[standard]'),
  z
    .string('a version')
    .regex(PEP440, 'one exact version by PEP 440, such as 1.2.3; no range and no wildcard'),
);

/** The name that PyPI knows a package by: PEP 503, without extras. */
export function pythonProject(name: string): string {
  return name
    .replace(/\[.*$/, '')
    .replace(/[-_.]+/g, '-')
    .toLowerCase();
}

import {
  debianPackage,
  exactVersion,
  npmPackages,
  pythonPackages,
  pythonProject,
} from '../../../constructs/image/package-names';

function npm(name: string): boolean {
  return npmPackages.safeParse({ [name]: '1.0.0' }).success;
}
function python(name: string, version = '1.0'): boolean {
  return pythonPackages.safeParse({ [name]: version }).success;
}

describe('a Debian package', () => {
  it.each([
    'git',
    'g++',
    'libstdc++6',
    '0ad',
    'python3.13-venv',
    'git=1:2.47.3-0+deb13u1',
    'tzdata=2026a~rc1-1',
  ])('can be %s', (text) => {
    expect(debianPackage.safeParse(text).success).toBe(true);
  });

  it.each([
    'g',
    'Git',
    'git-',
    '-y',
    '--allow-unauthenticated',
    'git=',
    'git==1',
    'git=$(id)',
    'git/unstable',
    'git:amd64',
    './git.deb',
    '^git$',
    'git;id',
    'git id',
    'git\n',
    "git'",
    '`id`',
    '#git',
  ])('cannot be %j', (text) => {
    expect(debianPackage.safeParse(text).success).toBe(false);
  });
});

describe('an npm package', () => {
  it.each(['typescript', '@types/node', '@acme/a.b_c-d', '7zip'])('can be %s', (name) => {
    expect(npm(name)).toBe(true);
  });

  it.each([
    'TypeScript',
    '-g',
    '--registry=http://x',
    '.bin',
    '_x',
    '@types',
    '@types/',
    '/x',
    'a/b/c',
    'npm:x',
    'x y',
    'x;id',
    'a'.repeat(215),
  ])('cannot be %j', (name) => {
    expect(npm(name)).toBe(false);
  });

  it.each(['1.2.3', '0.0.0', '1.2.3-rc.1', '1.2.3+build.5'])('has an exact version: %s', (text) => {
    expect(exactVersion.safeParse(text).success).toBe(true);
  });

  it.each([
    '^1.2.3',
    '~1.2',
    '1.2',
    '1',
    '*',
    'latest',
    '',
    '01.2.3',
    'v1.2.3',
    '1.2.3 ',
    '>=1.2.3',
  ])('has no range and no tag: %j', (text) => {
    expect(exactVersion.safeParse(text).success).toBe(false);
  });
});

describe('a Python package', () => {
  it.each(['ruff', 'Flask', 'ruamel.yaml', 'uvicorn[standard]', 'a[b,c-d]'])(
    'can be %s',
    (name) => {
      expect(python(name)).toBe(true);
    },
  );

  it.each([
    '-r',
    'ruff ',
    'ruff;id',
    'ruff[',
    'ruff[]',
    "ruff[a']",
    'ruff @ https://x',
    './x',
    '$x',
  ])('cannot be %j', (name) => {
    expect(python(name)).toBe(false);
  });

  it.each(['1', '1.2.3', '2026.07.04', '1!2.0', '1.0rc1', '1.0.post1', '1.0.dev1', '1.0+cpu.2'])(
    'has a version by PEP 440: %s',
    (version) => {
      expect(python('ruff', version)).toBe(true);
    },
  );

  it.each(['', '1.*', '>=1', '1,<2', '==1', 'latest', '1 ', '1;id', '1.0\n'])(
    'has no range: %j',
    (version) => {
      expect(python('ruff', version)).toBe(false);
    },
  );

  it('is known by one name, however it is written', () => {
    expect(['Ruamel.Yaml', 'ruamel_yaml', 'ruamel--yaml[x]'].map(pythonProject)).toEqual(
      Array(3).fill('ruamel-yaml'),
    );
  });
});

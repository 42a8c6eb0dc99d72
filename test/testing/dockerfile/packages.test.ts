import { Dockerfile } from '../../../lib/testing';

/** `apt git 1:2.47-1` for each package that a Dockerfile installs. */
function installed(...run: string[]): string[] {
  return Dockerfile.parse(`FROM a\n${run.join('\n')}`).packages.map(({ manager, name, version }) =>
    [manager, name, ...(version === undefined ? [] : [version])].join(' '),
  );
}

test('apt packages are seen, with their version, whatever stands around them', () => {
  expect(
    installed(`RUN set -eux; export DEBIAN_FRONTEND=noninteractive \\
  && apt-get update \\
  && apt-get install -y --no-install-recommends -o Acquire::Retries=3 -t trixie \\
       git=1:2.47-1 'python3' libc6:amd64 g++ \\
  && rm -rf /var/lib/apt/lists/*`),
  ).toEqual(['apt git 1:2.47-1', 'apt python3', 'apt libc6', 'apt g++']);
});

test('a command is seen behind variables, sudo, conditions and pipes', () => {
  expect(
    installed(
      'RUN if true; then DEBIAN_FRONTEND=noninteractive sudo apt install -y a; fi',
      'RUN yes | /usr/bin/apt-get install b',
      'RUN ! (apt-get install c) || apt-get -qq install d',
    ),
  ).toEqual(['apt a', 'apt b', 'apt c', 'apt d']);
});

test('here-documents and the JSON form are scripts too', () => {
  expect(
    installed(
      'RUN <<EOF\napt-get update # apt-get install nothing\napt-get install -y a\nEOF',
      'RUN ["/bin/sh", "-c", "apt-get install b"]',
      'RUN ["apt-get", "install", "c"]',
    ),
  ).toEqual(['apt a', 'apt b', 'apt c']);
});

test('npm, pip, apk and dnf are known', () => {
  expect(
    installed(
      'RUN npm install -g --prefix /opt @scope/tool@1.2.3 other && npm i third@^4',
      'RUN pip install --index-url https://x.example ruff==0.5.1 "black[d]>=24" -r requirements.txt',
      'RUN python3 -m pip install mypy && uv pip install pytest',
      'RUN apk add --no-cache -t .build curl=8.1-r0 jq',
      'RUN microdnf install -y tar',
    ),
  ).toEqual([
    'npm @scope/tool 1.2.3',
    'npm other',
    'npm third ^4',
    'pip ruff 0.5.1',
    'pip black 24',
    'pip mypy',
    'pip pytest',
    'apk curl 8.1-r0',
    'apk jq',
    'dnf tar',
  ]);
});

test('what only looks like an installation is none', () => {
  expect(
    installed(
      'RUN echo "apt-get install a"',
      'RUN apt-get update && apt-get remove b',
      'RUN apt-cache search install c',
      'RUN npm run install d && pip download e',
      'RUN apt-get install ./local.deb "$PACKAGES" ${MORE} $(cat list)',
      'ENV X="apt-get install f"',
    ),
  ).toEqual([]);
});

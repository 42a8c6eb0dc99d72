/** Whatever text a program hands to an image, its Dockerfile does what it did, with other words. */
import * as fc from 'fast-check';
import { SandboxImage } from '../../../constructs/sandbox-image';
import { anyText } from '../../core/texts';
import { accepted, dockerfileOf, skeleton } from './samples';

const PLAIN = SandboxImage.debian('trixie');
const DIGEST = `sha256:${'0a'.repeat(32)}`;

const tricky = fc.constantFrom(
  ...['a\nRUN id', 'a\\\nRUN id', 'a && id', 'a;id', 'a|id', 'a>x', '$(id)', '`id`', '${IFS}'],
  ...["'a'", '"a"', 'a #', '# syntax=x', '# escape=`', '<<EOF', '--allow-downgrades', '-y', 'a b'],
  ...['a\\', 'a*', 'a?', '{a,b}', '~', '!id', 'a=b', 'a\0', 'a\u2028b', 'a\r', 'ａ'],
);
const likely = fc.stringMatching(/^[a-z0-9@][a-z0-9+._@/:=[\]-]{1,8}$/);

/** Texts of every kind, among them the one that is known to be accepted. */
function texts(good: string): fc.Arbitrary<string> {
  const spoilt = tricky.map((text) => good + text);
  return fc.oneof(fc.constant(good), likely, anyText, tricky, spoilt);
}

const samples: [string, (text: string) => SandboxImage, string][] = [
  ['a Debian package', (text) => PLAIN.withPackages(text), 'jq'],
  ['the name of an npm package', (text) => PLAIN.withNpmPackages({ [text]: '1.0.0' }), 'jq'],
  ['the version of an npm package', (text) => PLAIN.withNpmPackages({ jq: text }), '1.0.0'],
  ['the name of a Python package', (text) => PLAIN.withPythonPackages({ [text]: '1' }), 'jq'],
  ['the version of a Python package', (text) => PLAIN.withPythonPackages({ jq: text }), '1'],
  ['the base image', (text) => SandboxImage.from(text), 'team/base:1'],
  ['the tag of the base image', (text) => SandboxImage.from(`team/base:${text}`), '1'],
  ['the digest', (text) => PLAIN.pinnedTo(text), DIGEST],
  ['the npm registry', (text) => fromRegistry(text), 'https://a.example.com'],
  ['the path of the npm registry', (text) => fromRegistry(`https://a.example.com/${text}`), 'b'],
  [
    'the Python index',
    (text) => SandboxImage.debian('trixie', { pythonPackages: { a: '1' }, pythonIndex: text }),
    'https://a.example.com',
  ],
];

function fromRegistry(npmRegistry: string): SandboxImage {
  return SandboxImage.debian('trixie', { npmPackages: { a: '1.0.0' }, npmRegistry });
}

test.each(samples)('%s adds no instruction, command or option', (_what, make, good) => {
  const expected = skeleton(dockerfileOf(make(good)));
  fc.assert(
    fc.property(texts(good), (text) => {
      if (!accepted(() => make(text))) return;
      expect(skeleton(dockerfileOf(make(text)))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test.each(['homeDir', 'workdir', 'outputDir', 'toolFolder', 'title'])(
  "a service's own %s adds no instruction, command or option",
  (key) => {
    const expected = skeleton(dockerfileOf(PLAIN));
    fc.assert(
      fc.property(texts('/srv/agent'), (text) => {
        let dockerfile;
        try {
          dockerfile = dockerfileOf(PLAIN, { [key]: text });
        } catch (error) {
          expect((error as Error).message).toMatch(/^SandboxImage\.render: received /);
          return;
        }
        expect(skeleton(dockerfile)).toEqual(expected);
      }),
    );
  },
);

import { parseImageReference } from '../../../constructs/image/image-reference';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('an image reference', () => {
  it.each([
    ['debian', 'debian', undefined, undefined],
    ['debian:trixie-slim', 'debian', 'trixie-slim', undefined],
    ['localhost/base:1', 'localhost/base', '1', undefined],
    [
      'Registry.Example.com:5000/team/base:2.1',
      'Registry.Example.com:5000/team/base',
      '2.1',
      undefined,
    ],
    ['[2001:db8::1]:5000/base:1', '[2001:db8::1]:5000/base', '1', undefined],
    ['a/b/c_d/e__f/g--h/i.j:_x.Y-1', 'a/b/c_d/e__f/g--h/i.j', '_x.Y-1', undefined],
    [`debian@${DIGEST}`, 'debian', undefined, DIGEST],
    [`debian:trixie-slim@${DIGEST}`, 'debian', 'trixie-slim', DIGEST],
  ])('%s has a name, and a tag and a digest where they are given', (text, name, tag, digest) => {
    expect(parseImageReference(text)).toEqual({ name, tag, digest });
  });

  it.each([
    '',
    'Debian:trixie',
    'debian:',
    'debian:-slim',
    `debian:${'a'.repeat(129)}`,
    'debian@sha256:abc',
    `debian@sha256:${'0A'.repeat(32)}`,
    `debian@md5:${'0a'.repeat(16)}`,
    '-debian:1',
    '--platform=linux/arm64',
    'a//b:1',
    'a/:1',
    'a___b:1',
    'a..b:1',
    'https://registry.example.com/base:1',
    'user:password@registry.example.com/base:1',
    'debian:trixie AS x',
    'debian:trixie\nRUN id',
    'debian:$TAG',
    'debian:${TAG}',
    ' debian:trixie',
    'debian:trixie\n',
    `${'a/'.repeat(127)}ab:1`,
    `${'0a'.repeat(32)}:1`,
  ])('%j is none', (text) => {
    expect(parseImageReference(text)).toBeUndefined();
  });
});

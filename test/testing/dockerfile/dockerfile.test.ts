import { Capture, Dockerfile, Match } from '../../../lib/testing';
import { messageOf, templateOf } from '../sandboxes';

const STAGED = `ARG BASE=debian
FROM debian:trixie AS Base
USER 1000
RUN apt-get install -y git
FROM node:22 AS build
USER root
RUN apt-get install -y g++
FROM base
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

describe('stages', () => {
  const dockerfile = Dockerfile.parse(STAGED);

  test('are listed with name and image', () => {
    expect(dockerfile.stages).toMatchObject([
      { name: 'base', from: 'debian:trixie' },
      { name: 'build', from: 'node:22' },
      { from: 'base' },
    ]);
    expect(dockerfile.instructions).toHaveLength(10);
  });

  test('the final image has what its stage and the stages below it say, and no more', () => {
    expect(dockerfile.from).toBe('debian:trixie');
    expect(dockerfile.user).toBe('1000');
    expect(dockerfile.packages).toEqual([{ manager: 'apt', name: 'git' }]);
  });

  test('a stage named like its own image is no circle', () => {
    expect(Dockerfile.parse('FROM debian AS debian\nUSER 1').from).toBe('debian');
  });

  test('the last USER counts; without one the base image decides', () => {
    expect(Dockerfile.parse('FROM a\nUSER root\nUSER 1000:1000').user).toBe('1000:1000');
    expect(Dockerfile.parse('FROM a').user).toBeUndefined();
    expect(Dockerfile.parse('').from).toBeUndefined();
  });
});

describe('assertions', () => {
  const dockerfile = Dockerfile.parse(STAGED);

  test('that hold can be chained', () => {
    const command = new Capture(Match.arrayWith(['/app']));
    const same = dockerfile
      .installsPackage('git')
      .hasInstruction('user', '1000')
      .hasInstruction('ENTRYPOINT', ['/app'])
      .hasInstruction('ENTRYPOINT', command)
      .hasInstruction('COPY', '--from=build /app /app')
      .hasInstruction('RUN', Match.stringLikeRegexp('apt-get install'));
    expect(same).toBe(dockerfile);
    expect(command.asArray()).toEqual(['/app']);
  });

  test('about a package say what is installed', () => {
    expect(messageOf(() => dockerfile.installsPackage('gti'))).toBe(
      'the image installs no package gti; did you mean git?',
    );
    expect(messageOf(() => dockerfile.installsPackage('g++'))).toBe(
      'the image installs no package g++; there are: git',
    );
  });

  test('about an instruction show the closest, with its line', () => {
    expect(messageOf(() => dockerfile.hasInstruction('ENTRPOINT'))).toBe(
      'the Dockerfile has no ENTRPOINT; did you mean ENTRYPOINT?',
    );
    expect(messageOf(() => dockerfile.hasInstruction('USER', '0'))).toBe(
      `no USER is as expected: "0"; the closest of 2 instructions:

line 3, USER: "1000"  !! expected "0" but received "1000"

line 6, USER: root  !! expected "0" but received root`,
    );
  });
});

describe('template.dockerfile', () => {
  test('is the one the service is built from', () => {
    const build = { context: './agent' };
    expect(templateOf({ agent: { build } }).dockerfile('agent').user).toBe('1000:1000');
    expect(templateOf({ agent: { build: './agent' } }).dockerfile('agent').from).toBe(
      'debian:trixie-slim',
    );
    const inline = { dockerfileInline: 'FROM scratch\nUSER 7\n' };
    expect(templateOf({ agent: { build: inline } }).dockerfile('agent').user).toBe('7');
  });

  test('says when there is none', () => {
    const template = templateOf({
      agent: {},
      relay: { build: { context: 'agent', dockerfile: 'X' } },
    });
    expect(messageOf(() => template.dockerfile('agent'))).toContain('has no build section');
    expect(messageOf(() => template.dockerfile('agnt'))).toContain('did you mean agent?');
    expect(messageOf(() => template.dockerfile('relay'))).toContain('there is no file agent/X');
  });
});

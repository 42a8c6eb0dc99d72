import { EnvRef } from '../../../lib/core/env-ref';
import { buildContextRemote } from '../../../lib/policy/rules/build-context-remote';
import { buildEntitlement } from '../../../lib/policy/rules/build-entitlement';
import { buildHostNetwork } from '../../../lib/policy/rules/build-host-network';
import { buildSshForwarded } from '../../../lib/policy/rules/build-ssh-forwarded';
import { dockerfileAdd } from '../../../lib/policy/rules/dockerfile-add';
import { dockerfilePipeToShell } from '../../../lib/policy/rules/dockerfile-pipe-to-shell';
import { dockerfileRootUser } from '../../../lib/policy/rules/dockerfile-root-user';
import { dockerfileUnseen } from '../../../lib/policy/rules/dockerfile-unseen';
import { imageNotPinned } from '../../../lib/policy/rules/image-not-pinned';
import { imageTagLatest } from '../../../lib/policy/rules/image-tag-latest';
import { secretInDockerfile } from '../../../lib/policy/rules/secret-in-dockerfile';
import { rejected, withService, type Case, type RejectedCase, type RuleCases } from './rule-cases';
import { FAKE_KEY } from './secrets';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const BASE = `debian:trixie-slim@${DIGEST}`;

/** A Dockerfile of some lines. */
function file(...lines: string[]): Case {
  return { files: { 'agent/Dockerfile': lines.join('\n') } };
}

function rejectedFile(...lines: string[]): RejectedCase {
  return { ...file(...lines), at: ['build'] };
}

const run = (command: string) => file(`FROM ${BASE}`, `RUN ${command}`);
const rejectedRun = (command: string) => rejectedFile(`FROM ${BASE}`, `RUN ${command}`);

export const buildCases: readonly RuleCases[] = [
  {
    rule: imageNotPinned,
    accepts: {
      'a pinned base': file(
        `FROM --platform=linux/amd64 ${BASE} AS base`,
        'FROM base',
        'FROM scratch',
      ),
      'a pinned image': withService({
        build: undefined,
        image: `registry.example.com:5000/x@${DIGEST}`,
      }),
      'a name for the image that it builds': {
        ...file(`FROM ${BASE}`),
        service: { image: 'shop/agent' },
      },
      'a digest in a build argument': {
        ...file('ARG DIGEST=none', 'FROM debian@${DIGEST}'),
        service: { build: { context: './agent', args: { DIGEST } } },
      },
      'what it copies from its own stages and contexts': {
        ...file(
          `FROM ${BASE} AS one`,
          `FROM ${BASE}`,
          'COPY --from=one /a /b',
          'COPY --from=0 /a /b',
          'COPY --from=docs . .',
        ),
        service: { build: { context: './agent', additional_contexts: { docs: './docs' } } },
      },
    },
    rejects: {
      'a base with a tag': rejectedFile('FROM debian:trixie-slim'),
      'an image with a tag': rejected({ build: undefined, image: 'node:22' }, 'image'),
      'a digest of another kind': rejected({ build: undefined, image: 'node@sha256:12' }, 'image'),
      'a base that an argument decides': rejectedFile('ARG BASE', 'FROM ${BASE}'),
      'a base that an argument changes': {
        ...rejectedFile(`ARG BASE=${BASE}`, 'FROM $BASE'),
        service: { build: { context: './agent', args: ['BASE=debian'] } },
      },
      'what it copies from elsewhere': rejectedFile(
        `FROM ${BASE}`,
        'COPY --chmod=1 --from=node:22 /a /b',
      ),
      'what it mounts from elsewhere': rejectedFile(
        `FROM ${BASE}`,
        'RUN --mount=type=bind,from=node:22,target=/n true',
      ),
      'the frontend that reads the Dockerfile': rejectedFile(
        '# syntax=docker/dockerfile:1',
        `FROM ${BASE}`,
      ),
      'a Dockerfile inside the document': rejected(
        { build: { context: '.', dockerfile_inline: 'FROM debian:trixie' } },
        'build.dockerfile_inline',
      ),
      'an image as a mount': {
        ...file(`FROM ${BASE}`),
        ...rejected({ volumes: [{ type: 'image', source: 'tools:1', target: '/t' }] }, 'volumes.0'),
      },
      'an image as a context': {
        ...file(`FROM ${BASE}`),
        ...rejected(
          { build: { context: './agent', additional_contexts: ['base=docker-image://debian:12'] } },
          'build.additional_contexts.0',
        ),
      },
    },
  },
  {
    rule: imageTagLatest,
    accepts: {
      'a tag': file('FROM debian:trixie-slim'),
      'a digest': file(`FROM debian@${DIGEST}`),
      'a registry with a port, and a tag': withService({
        build: undefined,
        image: 'registry.example.com:5000/team/agent:1.2',
      }),
    },
    rejects: {
      'no tag': rejectedFile('FROM debian'),
      latest: rejectedFile('FROM debian:latest AS base'),
      'a registry with a port, and no tag': rejected(
        { build: undefined, image: 'registry.example.com:5000/agent' },
        'image',
      ),
      'a default without a tag': rejected(
        { build: undefined, image: EnvRef.optional('IMAGE', 'node') },
        'image',
      ),
    },
  },
  {
    rule: dockerfileUnseen,
    accepts: {
      'a Dockerfile of the sandbox': withService({}),
      'one in another folder, with a name of its own': {
        service: { build: { context: '.', dockerfile: './agent/Dockerfile' } },
      },
      'one inside the document': withService({
        build: { context: '.', dockerfile_inline: 'FROM debian' },
      }),
      'no build': withService({ build: undefined, image: 'node:22' }),
    },
    rejects: {
      'one of the project': rejected({ build: '../..' }, 'build'),
      'one of a repository': rejected({ build: { context: 'https://example.com/x.git' } }, 'build'),
      'a name from the environment': rejected(
        { build: { context: './agent', dockerfile: EnvRef.required('FILE', 'a file') } },
        'build',
      ),
    },
  },
  {
    rule: dockerfileRootUser,
    accepts: {
      'a numeric user': file('FROM debian', 'USER 1000:1000'),
      'a user of an argument with a default': file(
        'FROM debian',
        'ARG ID="1000"',
        'USER ${ID}:${ID}',
      ),
      'root on the way, and not at the end': file('FROM debian', 'USER root', 'RUN x', 'USER 1000'),
      'the user of an earlier stage': file('FROM debian AS base', 'USER 1000', 'FROM base'),
      'the stage that is built': {
        ...file('FROM debian AS one', 'USER 1000', 'FROM debian AS two', 'USER root'),
        service: { build: { context: './agent', target: 'one' } },
      },
    },
    rejects: {
      'no user': rejectedFile('FROM debian', 'RUN x'),
      root: rejectedFile('FROM debian', 'USER root'),
      '0': rejectedFile('FROM debian', 'USER 0:0'),
      'a name': rejectedFile('FROM debian', 'USER agent'),
      'root in a continued line': rejectedFile('FROM debian', 'USER \\', '# a comment', '  root'),
      'a user of another stage': rejectedFile('FROM debian AS one', 'USER 1000', 'FROM debian'),
      'an argument without a default': rejectedFile('FROM debian', 'ARG ID', 'USER $ID'),
      'an argument that the document makes root': {
        ...rejectedFile('FROM debian', 'ARG ID=1000', 'USER $ID'),
        service: { build: { context: './agent', args: { ID: 0 } } },
      },
      'a user that only a here-document names': rejectedFile(
        'FROM debian',
        'RUN <<EOF',
        'USER 1000',
        'EOF',
      ),
    },
  },
  {
    rule: dockerfileAdd,
    accepts: {
      COPY: file('FROM debian', 'COPY a b'),
      'a download with its digest': file('FROM debian', `ADD --checksum=${DIGEST} https://x /y`),
    },
    rejects: {
      'ADD of a file': rejectedFile('FROM debian', 'ADD a.tar /'),
      'ADD of a download': rejectedFile('FROM debian', 'add https://example.com/x /x'),
    },
  },
  {
    rule: dockerfilePipeToShell,
    accepts: {
      'a download that is kept': run('curl -fsSL https://x -o /tmp/x && sha256sum -c x.sha256'),
      'another pipe': run('curl -fsSL https://x | tar -xz && sh ./install.sh'),
      'a pipe without a download': run('cat list | sh'),
    },
    rejects: {
      'curl | sh': rejectedRun('curl -fsSL https://x | sh'),
      'wget | bash, over several lines': rejectedRun(
        'wget -qO- https://x \\\n  | sudo -E /bin/bash -s -- -y',
      ),
      'curl | python': rejectedRun('curl https://x | python3 -'),
      'through another program': rejectedRun('curl https://x | tee log | bash'),
      'sh -c "$(curl …)"': rejectedRun('sh -c "$(curl -fsSL https://x)"'),
      eval: rejectedRun('eval "$(wget -qO- https://x)"'),
      'bash <(curl …)': rejectedRun('bash <(curl -s https://x)'),
      'in a here-document': rejectedRun('<<EOF\ncurl https://x | sh\nEOF'),
    },
  },
  {
    rule: secretInDockerfile,
    accepts: {
      'plain settings': file('FROM debian', 'ENV LANG=C.UTF-8 MAX_TOKENS=5', 'ARG VERSION'),
      'an empty key': file('FROM debian', 'ENV API_KEY=""'),
      'a secret that is mounted': run(
        '--mount=type=secret,id=npm_token cat /run/secrets/npm_token',
      ),
    },
    rejects: {
      'ENV with a key': rejectedFile('FROM debian', 'ENV A=b API_KEY="abc def"'),
      'ENV in the old form': rejectedFile('FROM debian', 'ENV DB_PASSWORD hunter22'),
      'ARG for a token': rejectedFile('FROM debian', 'ARG NPM_TOKEN'),
      'a known format anywhere': rejectedRun(`git clone https://x:${FAKE_KEY}@example.com/x`),
    },
  },
  {
    rule: buildContextRemote,
    accepts: {
      'folders, images and other builds': withService({
        build: {
          context: './agent',
          additional_contexts: { a: 'docker-image://debian', b: 'service:x', c: '../docs' },
        },
      }),
      'a commit': withService({
        build: { context: `https://example.com/x.git#${'a1'.repeat(20)}:docker` },
      }),
    },
    rejects: {
      'a branch': rejected({ build: 'https://example.com/x.git#main' }, 'build.context'),
      'no branch': rejected({ build: { context: 'git@example.com:x.git' } }, 'build.context'),
      'a further context': rejected(
        { build: { context: '.', additional_contexts: ['a=github.com/x/y'] } },
        'build.additional_contexts.0',
      ),
      'a commit that only the environment knows': rejected(
        { build: EnvRef.text`https://example.com/x.git#${EnvRef.optional('C', 'a1'.repeat(20))}` },
        'build.context',
      ),
    },
  },
  {
    rule: buildEntitlement,
    accepts: {
      none: withService({}),
      'the insecure one, which has a rule of its own': withService({
        build: { context: '.', entitlements: ['security.insecure'] },
      }),
    },
    rejects: {
      'the host’s network': rejected(
        { build: { context: '.', entitlements: ['network.host'] } },
        'build.entitlements.0',
      ),
    },
  },
  {
    rule: buildSshForwarded,
    accepts: { 'a build without keys': withService({}) },
    rejects: {
      'the SSH agent': rejected({ build: { context: '.', ssh: ['default'] } }, 'build.ssh'),
    },
  },
  {
    rule: buildHostNetwork,
    accepts: { 'a network of its own': withService({}) },
    rejects: {
      'the host’s network': rejected({ build: { context: '.', network: 'host' } }, 'build.network'),
    },
  },
];

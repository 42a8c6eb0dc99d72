import { EnvRef } from '../../../lib/core/env-ref';
import { envFileUsed } from '../../../lib/policy/rules/env-file-used';
import { environmentFromHost } from '../../../lib/policy/rules/environment-from-host';
import { secretInDocument } from '../../../lib/policy/rules/secret-in-document';
import { secretInEnvironment } from '../../../lib/policy/rules/secret-in-environment';
import { tlsVerificationDisabled } from '../../../lib/policy/rules/tls-verification-disabled';
import { rejected, withService, type RuleCases } from './rule-cases';

// Made up, and put together here so that no scanner takes this file for a leak.
export const FAKE_KEY = ['ghp', 'a'.repeat(36)].join('_');

const file = (text: string) => ({ files: { 'agent/Dockerfile': `FROM debian\n${text}\n` } });

export const secretCases: readonly RuleCases[] = [
  {
    rule: secretInEnvironment,
    accepts: {
      'plain settings': withService({
        environment: { MAX_OUTPUT_TOKENS: '4096', KEYBOARD: 'de', PWD: '/x', CI: 'true' },
      }),
      'a placeholder where a program insists on a key': withService({
        environment: { ANTHROPIC_API_KEY: 'unused', DISABLE_AUTH: '1', OPENAI_API_KEY: '' },
      }),
      'the path of a key': withService({ environment: { API_KEY_FILE: '/run/secrets/key' } }),
      'a host from the environment': withService({
        environment: { SIEM_HOST: EnvRef.required('SIEM_HOST', 'log server') },
      }),
    },
    rejects: {
      'a password': rejected(
        { environment: { DB_PASSWORD: 'correct horse' } },
        'environment.DB_PASSWORD',
      ),
      'a key in the list form': rejected(
        { environment: ['A=b', 'OPENAI_API_KEY=abcdef123456'] },
        'environment.1',
      ),
      'a known format under a harmless name': rejected(
        { environment: { SETTING: FAKE_KEY } },
        'environment.SETTING',
      ),
      'a password in an address': rejected(
        { environment: { DATABASE_URL: 'postgres://app:hunter22@db/app' } },
        'environment.DATABASE_URL',
      ),
      'a secret of the host': rejected(
        { environment: { GITHUB_TOKEN: EnvRef.required('GITHUB_TOKEN', 'a token') } },
        'environment.GITHUB_TOKEN',
      ),
      'a build argument': rejected(
        { build: { context: './agent', args: { NPM_TOKEN: 'abcdef123456' } } },
        'build.args.NPM_TOKEN',
      ),
    },
  },
  {
    rule: environmentFromHost,
    accepts: {
      values: withService({ environment: ['A=', 'B=c'] }),
      'a value from the environment that says what it is': withService({
        environment: { A: EnvRef.optional('A', '') },
      }),
      'secrets and configs of files': {
        document: { secrets: { a: { file: './a' } }, configs: { b: { content: 'b' } } },
      },
    },
    rejects: {
      null: rejected({ environment: { A: 'b', HOST_VALUE: null } }, 'environment.HOST_VALUE'),
      'a bare name': rejected({ environment: ['HOST_VALUE'] }, 'environment.0'),
      'secrets and configs of a variable, also for a build': {
        service: { build: { context: './agent', secrets: ['token'] } },
        document: {
          secrets: { token: { environment: 'GITHUB_TOKEN' }, file: { file: './token' } },
          configs: { app: { environment: 'APP_CONFIG' }, text: { content: 'a' } },
        },
        at: ['/secrets.token.environment', '/configs.app.environment'],
      },
    },
  },
  {
    rule: envFileUsed,
    accepts: { 'no file': withService({ env_file: [] }) },
    rejects: {
      'a file': rejected({ env_file: '.env' }, 'env_file'),
      'a file in the long form': rejected({ env_file: [{ path: 'x.env' }] }, 'env_file'),
    },
  },
  {
    rule: secretInDocument,
    accepts: { 'a document without keys': withService({ command: ['sleep', 'infinity'] }) },
    rejects: {
      'keys in commands': rejected(
        {
          command: ['run', `--token=${FAKE_KEY}`],
          entrypoint: `sh -c "login ${FAKE_KEY}"`,
          healthcheck: { test: ['CMD', '/x', FAKE_KEY] },
        },
        'command',
        'entrypoint',
        'healthcheck.test',
      ),
      'keys in labels': rejected(
        {
          labels: { a: FAKE_KEY },
          annotations: [`b=${FAKE_KEY}`],
          build: { context: '.', labels: { c: FAKE_KEY } },
        },
        'labels.a',
        'annotations.0',
        'build.labels.c',
      ),
      'a key in a config': {
        document: { configs: { app: { content: `token: ${FAKE_KEY}\n` } } },
        at: ['/configs.app.content'],
      },
    },
  },
  {
    rule: tlsVerificationDisabled,
    accepts: {
      'checks that are on': {
        ...withService({
          environment: { NODE_TLS_REJECT_UNAUTHORIZED: '1', GIT_SSL_NO_VERIFY: '0' },
        }),
        ...file('RUN curl -fsSL https://example.com/key.asc -o /key.asc'),
      },
    },
    rejects: {
      'a variable of Node': rejected(
        { environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
        'environment.NODE_TLS_REJECT_UNAUTHORIZED',
      ),
      'a variable of git, in the list form': rejected(
        { environment: ['GIT_SSL_NO_VERIFY=1'] },
        'environment.0',
      ),
      'curl -k in a build step': { ...file('RUN curl -fsSLk https://example.com'), at: ['build'] },
      'npm without certificates': { ...file('RUN npm config set strict-ssl false'), at: ['build'] },
      'packages without signatures': {
        ...file('RUN apt-get install --allow-unauthenticated git'),
        at: ['build'],
      },
    },
  },
];

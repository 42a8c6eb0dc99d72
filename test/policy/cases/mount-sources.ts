import { EnvRef } from '../../../lib/core/env-ref';
import { mountSourceFromEnvironment } from '../../../lib/policy/rules/mount-source-from-environment';
import { bind, rejected, withService, type RuleCases } from './rule-cases';

export const mountSourceCases: readonly RuleCases[] = [
  {
    rule: mountSourceFromEnvironment,
    accepts: {
      'paths as they are': withService({}),
      'a tmpfs, a network share and a repository with a variable in its address': {
        service: { build: EnvRef.text`https://${EnvRef.required('GIT', 'a server')}/x.git` },
        document: {
          volumes: {
            a: { driver_opts: { type: 'tmpfs', o: 'size=1m', device: 'tmpfs' } },
            b: { driver_opts: { type: 'nfs', o: 'addr=10.0.0.1,rw', device: ':/export' } },
          },
        },
      },
    },
    rejects: {
      'a source': rejected({ volumes: [bind(EnvRef.optional('SRC', '../../src'))] }, 'volumes.0'),
      'a short volume with a variable for the name': rejected(
        { volumes: [EnvRef.text`${EnvRef.optional('CACHE', 'cache')}:/cache`] },
        'volumes.0',
      ),
      'a build context': rejected(
        { build: { context: EnvRef.required('CONTEXT', 'a folder') } },
        'build.context',
      ),
      'a build context whose default is a repository': rejected(
        { build: EnvRef.optional('CONTEXT', 'https://example.com/x.git') },
        'build.context',
      ),
      'a further context of a list, and a cache': rejected(
        {
          build: {
            context: '.',
            additional_contexts: [EnvRef.optional('MORE', 'docs=./docs')],
            cache_from: [EnvRef.required('CACHE', 'a cache')],
          },
        },
        'build.additional_contexts.0',
        'build.cache_from.0',
      ),
      'type, options and device of a volume': {
        service: {},
        document: {
          volumes: {
            a: { driver_opts: { type: EnvRef.optional('T', 'tmpfs'), device: 'tmpfs' } },
            b: { driver_opts: { type: 'tmpfs', o: EnvRef.optional('O', 'size=1m') } },
            c: { driver_opts: { type: 'tmpfs', device: EnvRef.optional('D', 'tmpfs') } },
          },
        },
        at: ['/volumes.a.driver_opts', '/volumes.b.driver_opts', '/volumes.c.driver_opts'],
      },
    },
  },
];

// The arrows of the house, checked: presets → constructs → lib, and lib/core imports nothing of it.
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-imports-nothing-of-the-house',
      severity: 'error',
      from: { path: '^lib/core/' },
      to: { path: '^(lib/(?!core/)|constructs/|presets/|bin/|index\\.ts)' },
    },
    {
      name: 'lib-knows-no-construct',
      comment: 'lib/cli/library.ts hands the whole package to programs that the command loads.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/cli/' },
      to: { path: '^(constructs/|presets/|bin/|index\\.ts)' },
    },
    {
      name: 'constructs-know-no-preset',
      severity: 'error',
      from: { path: '^constructs/' },
      to: { path: '^(presets/|bin/|index\\.ts)' },
    },
    {
      name: 'only-the-command-uses-the-command',
      severity: 'error',
      from: { pathNot: '^(lib/cli/|bin/)' },
      to: { path: '^lib/cli/' },
    },
    {
      name: 'compose-knows-no-policy-or-output',
      severity: 'error',
      from: { path: '^lib/(compose|templates)/' },
      to: { path: '^lib/(policy|assembly|app|cli|testing)/' },
    },
    {
      name: 'policy-knows-no-output',
      severity: 'error',
      from: { path: '^lib/policy/' },
      to: { path: '^lib/(assembly|app|cli|testing)/' },
    },
    {
      name: 'the-engine-reads-the-output-folder',
      comment: 'A committed folder is started where there is no TypeScript and no construct tree.',
      severity: 'error',
      from: { path: '^lib/engine/' },
      to: {
        path: '^(lib/(app|cli|compose|templates|testing|assembly/synthesize)|node_modules/(constructs|zod|ts-node|typescript|handlebars)/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-development-packages-in-what-ships',
      severity: 'error',
      from: { path: '^(lib|constructs|presets|bin)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer', 'type-only'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    exclude: { path: '^bin/(?!sandbox-cdk)' },
  },
};

// Three projects: `unit` runs anywhere in under a minute; `process` runs the built command and other
// programs as processes, and kills some; `end-to-end` needs a container engine.
const shared = {
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  moduleFileExtensions: ['ts', 'js', 'json'],
  // Inside the repository the package's own name means its sources.
  moduleNameMapper: {
    '^sandbox-cdk$': '<rootDir>/index.ts',
    '^sandbox-cdk/compose$': '<rootDir>/constructs/compose/index.ts',
    '^sandbox-cdk/presets$': '<rootDir>/presets/index.ts',
    '^sandbox-cdk/testing$': '<rootDir>/lib/testing/index.ts',
  },
};

module.exports = {
  // A worker that has grown is replaced between two files.
  workerIdleMemoryLimit: '1500MB',
  // Two cores are common in CI, where jest by itself would use one.
  maxWorkers: '100%',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      rootDir: __dirname,
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/test/end-to-end/', '\\.process\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'process',
      rootDir: __dirname,
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.process.test.ts'],
    },
    {
      ...shared,
      displayName: 'end-to-end',
      rootDir: __dirname,
      roots: ['<rootDir>/test/end-to-end'],
      testMatch: ['**/*.test.ts'],
    },
  ],
};

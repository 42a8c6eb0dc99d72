// Type-aware lint of everything we write; generated and built code is not ours to style.
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      '**/generated/',
      'sandbox.out/',
      'coverage/',
      'bench/cdk8s/',
      'bench/apps/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `!` documents an invariant that noUncheckedIndexedAccess cannot see.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowNumber: true,
          allowBoolean: true,
          allow: [
            { name: 'EnvRef', from: 'file' },
            { name: 'Size', from: 'file' },
          ],
        },
      ],
      // A construct is made for its effect on the tree.
      'no-new': 'off',
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      // Value classes with static factories only.
      '@typescript-eslint/no-extraneous-class': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      complexity: ['error', 15],
    },
  },
  {
    // Only the command talks to people and to the process.
    files: ['lib/**/*.ts', 'constructs/**/*.ts', 'presets/**/*.ts'],
    ignores: ['lib/cli/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'argv', message: 'only lib/cli reads arguments' },
        { object: 'process', property: 'env', message: 'only lib/cli reads the environment' },
        { object: 'process', property: 'exit', message: 'only lib/cli ends the process' },
        { object: 'process', property: 'exitCode', message: 'only lib/cli sets an exit code' },
        { object: 'process', property: 'stdout', message: 'only lib/cli prints' },
        { object: 'process', property: 'stderr', message: 'only lib/cli prints' },
      ],
    },
  },
);

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/__tests__/helpers/environment.js',
  globalSetup: '<rootDir>/__tests__/helpers/global-setup.js',
  setupFiles: ['<rootDir>/__tests__/helpers/setup.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.{ts,tsx}'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          experimental: { keepImportAttributes: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  maxWorkers: 2,
  // Command lines and models are real, and a busy machine runs them at a tenth of its speed.
  testTimeout: 120_000,
};

const { compilerOptions } = require('./tsconfig.base.json');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [path]]) => [`^${alias}$`, path.replace('./', '<rootDir>/')]),
);
/** Packages that ship ES modules only and are therefore compiled. */
const esmOnly = [
  'jose',
  'uuid',
  'openid-client',
  'oauth4webapi',
  'idb',
  'preact',
  'until-async',
  'react-markdown',
  'fast-check',
  'pure-rand',
  'httpxy',
];
const transformIgnorePatterns = [`/node_modules/(?!(${esmOnly.join('|')})/)`];
const modulePathIgnorePatterns = ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/.nx/'];

const swc = (tsx, decorators, importSource = 'react') => [
  '@swc/jest',
  {
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx, decorators },
      transform: decorators
        ? { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false }
        : { react: { runtime: 'automatic', importSource } },
      keepClassNames: true,
    },
  },
];

const node = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '\\.(ts|mts)$': swc(false, true), 'node_modules/.+\\.m?js$': swc(false, true) },
  transformIgnorePatterns,
  modulePathIgnorePatterns,
  moduleNameMapper,
};

/** Stories that only one process can tell, or that say nothing of the shape: they are told once. */
const toldOnce = [
  'a-crash-leaves-no-database',
  'start-says-what-is-wrong',
  'by-keyboard-alone',
  'everybody-can-use-it',
  'everybody-can-use-it-in-trouble',
];

module.exports = {
  projects: [
    {
      ...node,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,apps,tools}/**/*.spec.ts', '<rootDir>/tools/**/*.spec.{mjs,cjs}'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/libs/ui/', '<rootDir>/apps/console/', '<rootDir>/apps/widget/'],
    },
    {
      rootDir: __dirname,
      displayName: 'ui',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/{libs/ui,apps/console,apps/widget}/**/*.spec.{ts,tsx}'],
      transform: {
        'apps/widget/.+\\.tsx$': swc(true, false, 'preact'),
        '\\.(ts|tsx|mts)$': swc(true, false),
        'node_modules/.+\\.m?js$': swc(true, false),
      },
      transformIgnorePatterns,
      modulePathIgnorePatterns,
      moduleNameMapper: { ...moduleNameMapper, '\\.(css|svg)$': '<rootDir>/libs/testing/src/empty-module.cjs' },
      setupFiles: ['<rootDir>/libs/testing/src/jsdom-setup.cjs'],
    },
    {
      ...node,
      displayName: 'int',
      testMatch: ['<rootDir>/{libs,apps,tools}/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/libs/testing/src/global-setup.cjs',
      globalTeardown: '<rootDir>/libs/testing/src/global-teardown.ts',
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/int-setup.ts'],
    },
    {
      ...node,
      displayName: 'e2e',
      testMatch: ['<rootDir>/apps/e2e/src/**/*.e2e-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/e2e-setup.ts'],
    },
    {
      ...node,
      displayName: 'e2e-distributed',
      testMatch: ['<rootDir>/apps/e2e/src/**/*.e2e-spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', `/(${toldOnce.join('|')})\\.e2e-spec\\.ts$`],
      setupFiles: ['<rootDir>/libs/testing/src/e2e-distributed-setup.ts'],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/e2e-setup.ts'],
    },
  ],
};

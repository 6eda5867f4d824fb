/**
 * Lets a child process of a test run the sources as they are: `node -r …/run-typescript.cjs file.ts`. Compiles with swc
 * as Jest does and knows the aliases of tsconfig.base.json.
 */
const Module = require('node:module');
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

const root = join(__dirname, '../../..');
const { paths } = require(join(root, 'tsconfig.base.json')).compilerOptions;
const options = {
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};

require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, options).code, file);

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const alias = paths[request];
  return resolve.call(this, alias ? join(root, alias[0]) : request, ...rest);
};

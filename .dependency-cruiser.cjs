// Boundaries between projects and import cycles; the rules follow from the tags in each project.json.
const { boundaryRules, readProjects } = require('./tools/check/boundaries/boundary-rules.cjs');

const root = process.env.CRUISE_ROOT ?? __dirname;

module.exports = {
  forbidden: boundaryRules(readProjects(root)),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/.*/node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${root}/tsconfig.base.json` },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};

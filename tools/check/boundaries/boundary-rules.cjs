// Turns the Nx tags of every project.json into rules for dependency-cruiser, so that a boundary is written down once.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Which types of project a type may import. Beyond that the tag `imports:services` opens every service to an app, and
 * `imports:NAME` the project of that name.
 */
const mayImport = {
  app: ['kit', 'contract', 'util', 'ui'],
  kit: ['kit', 'contract', 'util'],
  contract: ['contract', 'util'],
  util: ['util'],
  ui: ['ui', 'contract', 'util'],
  tool: ['kit', 'contract', 'util'],
};
const platforms = ['web', 'node', 'any'];

const escaped = (path) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const under = (project) => `^${escaped(project.root)}/`;

/** Every project of the workspace with its tags. Throws when a project.json is missing or lacks a tag. */
function readProjects(root) {
  const folders = ['apps', 'libs']
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) =>
      readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${parent}/${entry.name}`),
    );
  if (existsSync(join(root, 'tools/project.json'))) folders.push('tools');
  return folders.map((folder) => readProject(root, folder));
}

function readProject(root, folder) {
  const file = join(root, folder, 'project.json');
  if (!existsSync(file)) throw new Error(`${folder} has no project.json: write one with its tags type:… and platform:….`);
  const { name, tags = [] } = JSON.parse(readFileSync(file, 'utf8'));
  const tag = (prefix) => tags.find((each) => each.startsWith(`${prefix}:`))?.slice(prefix.length + 1);
  const project = {
    name,
    root: folder,
    type: tag('type'),
    platform: tag('platform'),
    isService: tags.includes('role:service'),
    imports: tags.filter((each) => each.startsWith('imports:')).map((each) => each.slice('imports:'.length)),
  };
  if (!mayImport[project.type]) throw new Error(`${file}: the tag type:… is missing or unknown (${Object.keys(mayImport).join(', ')}).`);
  if (!platforms.includes(project.platform))
    throw new Error(`${file}: the tag platform:… is missing or unknown (${platforms.join(', ')}).`);
  return project;
}

function typeAllows(from, to) {
  if (from.imports.includes(to.name)) return true;
  if (to.type === 'app') return from.imports.includes('services') && to.isService;
  return mayImport[from.type].includes(to.type);
}

/** Web and Node never meet; a contract is where both may look, so its own platform binds only web code that imports it. */
function platformAllows(from, to) {
  if (to.platform === 'any' || from.platform === to.platform) return true;
  return from.type === 'contract' && to.type === 'contract';
}

function rulesBetween(from, to) {
  const rule = (name, comment) => ({
    name: `${from.name}-${name}-${to.name}`,
    severity: 'error',
    comment,
    from: { path: under(from) },
    to: { path: under(to) },
  });
  if (!typeAllows(from, to))
    return [
      rule(
        'never-imports',
        `type:${from.type} may import ${mayImport[from.type].map((type) => `type:${type}`).join(', ')}; ${to.name} is type:${to.type}`,
      ),
    ];
  if (!platformAllows(from, to))
    return [rule('never-meets', `${from.name} is platform:${from.platform}, ${to.name} is platform:${to.platform}`)];
  return [];
}

/** A library is entered through its index alone (styles aside), an app's inside belongs to the app. */
function publicIndexOnly(project) {
  return {
    name: `${project.name}-through-its-index`,
    severity: 'error',
    comment: `import @cordboard/${project.name}, not a file inside it`,
    from: { pathNot: under(project) },
    to: { path: under(project), pathNot: `^${escaped(project.root)}/(src/index\\.ts|.*\\.css)$` },
  };
}

/** The `forbidden` rules of dependency-cruiser for these projects. */
function boundaryRules(projects) {
  const rules = [
    {
      name: 'no-import-cycle',
      severity: 'error',
      comment: 'two files must not import each other, not even by way of others',
      from: {},
      to: { circular: true },
    },
  ];
  for (const from of projects) {
    for (const to of projects) if (from !== to) rules.push(...rulesBetween(from, to));
    if (from.root.startsWith('libs/')) rules.push(publicIndexOnly(from));
    if (from.platform === 'web') {
      rules.push({
        name: `${from.name}-runs-in-browsers`,
        severity: 'error',
        comment: `${from.name} is platform:web and has no Node there`,
        from: { path: `${under(from)}src/`, pathNot: '\\.(spec|setup)\\.tsx?$|/testing/' },
        to: { dependencyTypes: ['core'] },
      });
    }
  }
  rules.push({
    name: 'kafka-in-the-event-bus',
    severity: 'error',
    comment: 'nobody maintains kafkajs: only libs/event-bus knows it, so that it can be replaced there',
    from: { pathNot: '^libs/event-bus/' },
    to: { path: '(^|/)kafkajs(/|$)' },
  });
  rules.push({
    name: 'nothing-unresolved',
    severity: 'error',
    comment: 'the file or package does not exist',
    from: {},
    to: { couldNotResolve: true },
  });
  return rules;
}

module.exports = { boundaryRules, readProjects };

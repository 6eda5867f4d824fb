/** Jest loads this file outside its own module system: the sources and their aliases need a compiler first. */
require('./run-typescript.cjs');
const { startServer } = require('./start-server.ts');

module.exports = startServer;

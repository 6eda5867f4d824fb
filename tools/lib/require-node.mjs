/** Stops with one clear line when Node is too old for what follows. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Cordboard needs Node 20.19 or newer; this is ${process.versions.node}. Get it from https://nodejs.org and try again.`);
  process.exit(1);
}

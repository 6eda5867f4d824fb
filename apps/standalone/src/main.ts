import { ConfigError } from '@cordboard/service-kit';
import { runStandalone } from './standalone';

runStandalone(process.env).catch((error: unknown) => {
  const known = error instanceof ConfigError || (error instanceof Error && error.name === 'StartError');
  console.error(known ? (error as Error).message : error);
  process.exit(1);
});

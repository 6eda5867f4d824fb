import { StartError } from '../../standalone/src/start-error';

/** How many processes each service has. */
export type ReplicaCounts = Record<string, number>;

const mostReplicas = 20;

/** `inbox=2,routing=2`, one of each where nothing is said. Throws StartError with what is wrong. */
export function parseReplicas(text: string, services: readonly string[]): ReplicaCounts {
  const counts: ReplicaCounts = Object.fromEntries(services.map((service) => [service, 1]));
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [service = '', number = ''] = part.split('=').map((each) => each.trim());
    if (!services.includes(service)) throw new StartError(`--replicas: there is no service ${service}. Services: ${services.join(', ')}.`);
    if (!/^\d+$/.test(number) || Number(number) < 1 || Number(number) > mostReplicas)
      throw new StartError(`--replicas: ${service} can have 1 to ${mostReplicas} replicas, not “${number}”.`);
    counts[service] = Number(number);
  }
  return counts;
}

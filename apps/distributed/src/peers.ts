/** Addresses of the replicas of each service that is asked by calls. */
export type Peers = Record<string, string[]>;

/** `inbox=10.0.0.1:8081,10.0.0.2:8081;routing=…`. Throws with what is wrong. */
export function parsePeers(text: string): Peers {
  const peers: Peers = {};
  for (const part of text.split(';').filter((each) => each.trim() !== '')) {
    const [service = '', addresses = '', ...more] = part.split('=').map((each) => each.trim());
    const list = addresses.split(',').map((each) => each.trim());
    if (!/^[a-z][a-z-]*$/.test(service) || more.length > 0) throw new Error(`“${part}” is not service=host:port,host:port`);
    if (peers[service]) throw new Error(`${service} is named twice`);
    for (const address of list)
      if (!/^([\w.-]+|\[[0-9a-f:]+\]):\d{1,5}$/i.test(address)) throw new Error(`“${address}” of ${service} is not host:port`);
    peers[service] = list;
  }
  return peers;
}

export function formatPeers(peers: Peers): string {
  return Object.entries(peers)
    .map(([service, addresses]) => `${service}=${addresses.join(',')}`)
    .join(';');
}

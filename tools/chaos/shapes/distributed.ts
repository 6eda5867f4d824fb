import { buildCordboard } from '../../drive/build-cordboard';
import { DistributedProcess } from '../../drive/distributed-process';
import { newPlace } from '../../drive/place';
import { TcpProxy } from '../../drive/tcp-proxy';
import { crashWhileChatting, crashWhileOffered } from '../faults/agent-crashes';
import { brokerLost } from '../faults/broker-lost';
import { longTransaction } from '../faults/long-transaction';
import { partitions } from '../faults/partitions';
import { pausedOwner } from '../faults/paused';
import { poisonMessage } from '../faults/poison';
import { postmasterKilled } from '../faults/postmaster-killed';
import { allReconnect } from '../faults/reconnect';
import {
  answererKilled,
  consumerKilled,
  publisherKilled,
  relayKilledAfterPublish,
  relayKilledBeforePublish,
} from '../faults/service-failpoints';
import { serviceKilled } from '../faults/service-kills';
import { Ground } from './ground';
import type { DistributedHouse } from './house';
import { environment, type Shape } from './shape';

/** Two of each take long to start on two cores: the short form has two where a fault cannot do without. */
const replicas = { short: 'routing=2,relay=2', full: 'inbox=2,routing=2,gateway=2,webchat=2,relay=2' };

/** The short form breaks each kind of thing once. */
const faults = {
  short: [
    serviceKilled,
    relayKilledBeforePublish,
    consumerKilled,
    postmasterKilled,
    longTransaction,
    partitions,
    allReconnect,
    crashWhileChatting,
    pausedOwner,
    poisonMessage,
    brokerLost,
  ],
  full: [
    serviceKilled,
    relayKilledBeforePublish,
    relayKilledAfterPublish,
    publisherKilled,
    consumerKilled,
    answererKilled,
    postmasterKilled,
    longTransaction,
    partitions,
    allReconnect,
    crashWhileOffered,
    crashWhileChatting,
    pausedOwner,
    poisonMessage,
    brokerLost,
  ],
};

export const distributed: Shape<DistributedHouse> = {
  name: 'distributed',
  faults,
  people: { short: { lanes: 18, agents: 5, perSecond: 30 }, full: { lanes: 30, agents: 6, perSecond: 50 } },
  open: async (isShort) => {
    await buildCordboard('distributed');
    const place = await newPlace('chaos');
    const ground = await Ground.open(place);
    const cordboard = new DistributedProcess(place, { ...environment, ...ground.environment }, replicas[isShort ? 'short' : 'full']);
    const agentsLine = await TcpProxy.listen(place.port);
    const close = async () => {
      await cordboard.stop();
      agentsLine.close();
      await ground.close();
      await cordboard.dispose();
    };
    await cordboard.start().catch(async (error: Error) => {
      await close();
      throw error;
    });
    return { house: { cordboard, ground, agentsLine }, lastAgentsPort: agentsLine.port, close };
  },
};

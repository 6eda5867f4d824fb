import { buildCordboard } from '../../drive/build-cordboard';
import { DistributedProcess } from '../../drive/distributed-process';
import { newPlace } from '../../drive/place';
import { TcpProxy } from '../../drive/tcp-proxy';
import { crashWhileChatting, crashWhileOffered } from '../faults/agent-crashes';
import { longTransaction } from '../faults/long-transaction';
import { poisonMessage } from '../faults/poison';
import { postmasterKilled } from '../faults/postmaster-killed';
import { serviceKilled } from '../faults/service-kills';
import { Ground } from './ground';
import { environment, type Shape } from './shape';

export interface DistributedHouse {
  cordboard: DistributedProcess;
  ground: Ground;
  /** Between Cordboard and the last of the agents. */
  agentsLine: TcpProxy;
}

/** Two of each would be slow on two cores: the short form has one, and two where a fault needs them. */
const replicas = { short: '', full: 'inbox=2,routing=2,gateway=2,webchat=2' };

export const distributed: Shape<DistributedHouse> = {
  name: 'distributed',
  faults: [serviceKilled, postmasterKilled, longTransaction, crashWhileOffered, crashWhileChatting, poisonMessage],
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

import { buildCordboard } from '../../drive/build-cordboard';
import { StandaloneProcess } from '../../drive/standalone-process';
import { crashWhileChatting, crashWhileOffered } from '../faults/agent-crashes';
import { killed, killedBeforeAnswer, killedBeforePosition, killedBeforeWake } from '../faults/kills';
import { longTransaction } from '../faults/long-transaction';
import { poisonMessage } from '../faults/poison';
import { postmasterKilled } from '../faults/postmaster-killed';
import { acceptAtExpiry, acceptInTwoTabs, takeAgainstAccept, twoTransfers } from '../faults/races';
import type { StandaloneHouse } from './house';
import { environment, type Shape } from './shape';

const faults = [
  killed,
  killedBeforeWake,
  killedBeforePosition,
  killedBeforeAnswer,
  postmasterKilled,
  longTransaction,
  crashWhileOffered,
  crashWhileChatting,
  acceptAtExpiry,
  takeAgainstAccept,
  acceptInTwoTabs,
  twoTransfers,
  poisonMessage,
];

export const standalone: Shape<StandaloneHouse> = {
  name: 'standalone',
  faults: { short: faults, full: faults },
  people: { short: { lanes: 18, agents: 5, perSecond: 40 }, full: { lanes: 30, agents: 6, perSecond: 60 } },
  open: async () => {
    await buildCordboard('standalone');
    const cordboard = await StandaloneProcess.create('chaos', environment);
    const close = () => cordboard.dispose();
    await cordboard.start().catch(async (error: Error) => {
      await close();
      throw error;
    });
    return { house: { cordboard }, close };
  },
};

import type { WorkState } from '@cordboard/events';
import type { ConversationView } from '@cordboard/rpc';

interface Work {
  state: WorkState;
  version: number;
  agentId: string | null;
  queueId: string;
}

/** The inbox hears of a move of the work a moment after routing has answered; the newer of the two counts. */
export function withWork(conversation: ConversationView, work: Work): ConversationView {
  if (conversation.workVersion >= work.version) return conversation;
  return { ...conversation, workState: work.state, workVersion: work.version, assigneeId: work.agentId, queueId: work.queueId };
}

import type { RefusalCode, RefusedFrame } from '@cordboard/webchat-protocol';

export const refusal = (code: RefusalCode, message: string, clientMsgId: string | null = null): RefusedFrame => ({
  type: 'refused',
  code,
  clientMsgId,
  message,
});

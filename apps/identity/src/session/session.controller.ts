import { identityCalls } from '@cordboard/rpc';
import { Answers, AnswersAnyone, type Call, type OpenCall } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { SessionService } from './session.service';

@Controller()
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @AnswersAnyone(identityCalls.resolveSession)
  resolveSession({ input }: OpenCall<typeof identityCalls.resolveSession>) {
    return this.sessions.resolve(input.token, input.touch);
  }

  @Answers(identityCalls.signOut)
  async signOut({ actor, input }: Call<typeof identityCalls.signOut>) {
    return { sessionIds: await this.sessions.revoke(actor, input.everywhere) };
  }
}

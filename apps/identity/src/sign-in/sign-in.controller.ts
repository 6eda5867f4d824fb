import { identityCalls } from '@cordboard/rpc';
import { AnswersAnyone, type OpenCall } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { SignInService } from './sign-in.service';

@Controller()
export class SignInController {
  constructor(private readonly signIns: SignInService) {}

  @AnswersAnyone(identityCalls.signIn)
  signIn({ input }: OpenCall<typeof identityCalls.signIn>) {
    return this.signIns.signIn(input);
  }
}

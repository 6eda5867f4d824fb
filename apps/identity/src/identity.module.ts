import { Module } from '@nestjs/common';
import { DirectoryController } from './directory/directory.controller';
import { PasswordHasher } from './password/password-hasher';
import { SessionController } from './session/session.controller';
import { SessionService } from './session/session.service';
import { SignInController } from './sign-in/sign-in.controller';
import { SignInService } from './sign-in/sign-in.service';
import { SignInLimits } from './sign-in/sign-in-limits';

@Module({
  controllers: [DirectoryController, SessionController, SignInController],
  providers: [PasswordHasher, SessionService, SignInLimits, SignInService],
})
export class IdentityModule {}

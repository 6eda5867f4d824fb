import { z } from 'zod';

/** What a process tells its supervisor: it works, and answers these prefixes of the public address. */
export const upMessage = z.object({ up: z.literal(true), http: z.array(z.string()) });

/** Says so; nobody listens where there is no supervisor. */
export function tellSupervisor(http: readonly string[]): void {
  process.send?.({ up: true, http: [...http] });
}

/** A process whose supervisor is gone ends at once; what it had in hand is in the database, or was never acknowledged. */
export function endWithSupervisor(): void {
  if (!process.channel) return;
  process.on('disconnect', () => process.exit(1));
  process.channel.unref();
}

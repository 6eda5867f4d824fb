import { z } from 'zod';

/** Says what a backup folder holds; a folder without it is not a whole backup. */
export const manifestSchema = z.object({
  format: z.literal('cordboard-backup'),
  version: z.literal(1),
  postgresMajor: z.string(),
  takenAt: z.iso.datetime({ offset: true }),
  bytes: z.number(),
});
export type Manifest = z.infer<typeof manifestSchema>;
export const manifestName = 'manifest.json';

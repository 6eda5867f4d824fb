import { bundle } from '../build/service.mjs';

export type ShapeName = 'standalone' | 'distributed';

/** What is driven: built for the drive alone, so that a build meanwhile does not change it between two starts. */
export const programs = { standalone: 'dist/drive/cordboard.js', distributed: 'dist/drive/distributed/main.js' } as const;

/** The distributed shape's program finds the two others beside it. */
const entries: Record<ShapeName, [entry: string, program: string][]> = {
  standalone: [['apps/standalone/src/main.ts', programs.standalone]],
  distributed: [
    ['apps/distributed/src/main.ts', programs.distributed],
    ['apps/distributed/src/service-process.ts', 'dist/drive/distributed/service.js'],
    ['apps/distributed/src/prepare-process.ts', 'dist/drive/distributed/prepare.js'],
  ],
};

/** Builds Cordboard without the console and the widget, whose protocols are spoken directly. */
export async function buildCordboard(shape: ShapeName): Promise<void> {
  for (const [entry, program] of entries[shape]) await bundle(process.cwd(), entry, program);
}

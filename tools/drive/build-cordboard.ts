import { bundle } from '../build/service.mjs';

/** What is driven: built for the drive alone, so that a build meanwhile does not change it between two starts. */
export const cordboardProgram = 'dist/drive/cordboard.js';

/** Builds Cordboard without the console and the widget, whose protocols are spoken directly. */
export const buildCordboard = (): Promise<void> => bundle(process.cwd(), 'apps/standalone/src/main.ts', cordboardProgram);

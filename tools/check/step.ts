import { runCommand } from '../lib/run-command';

/** One thing `npm run check` looks at; it reports offences, an empty text being a pass. */
export interface Step {
  /** As given on the command line: `npm run check -- types`. */
  name: string;
  /** What is looked at, in a few words. */
  title: string;
  /** Offences and how to mend them, one a line; empty when there are none. */
  run: (root: string) => Promise<string>;
}

/** A step that is another program's: its output is the offence when it ends with anything but 0. */
export function commandStep(name: string, title: string, command: string, args: readonly string[], mend?: string): Step {
  return {
    name,
    title,
    run: async (root) => {
      const { code, output } = await runCommand(command, args, { cwd: root });
      if (code === 0) return '';
      return `${output.trim() || `${command} ended with code ${code}.`}${mend ? `\n${mend}` : ''}`;
    },
  };
}

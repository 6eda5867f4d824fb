/** A project of the workspace by its tags. */
export interface Project {
  name: string;
  root: string;
  type: string;
  platform: string;
  isService: boolean;
  /** `services`, or names of projects. */
  imports: string[];
}
export function readProjects(root: string): Project[];
export function boundaryRules(projects: readonly Project[]): object[];

/**
 * Work of which one run goes on at a time. Who asks meanwhile is given the next run, which begins when this one ends and
 * finds everything that changed before it was asked for.
 */
export const oneAtATime = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    next = null;
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (running && !next) next = running.then(start, start);
    return next ?? start();
  };
};

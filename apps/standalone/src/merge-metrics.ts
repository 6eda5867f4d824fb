/**
 * One page of metrics from several registries' pages. Services that share a process have metrics of the same name, told apart by their
 * `service` label; a name may have one HELP, one TYPE and one block of samples on a page
 * (https://prometheus.io/docs/instrumenting/exposition_formats/).
 */
export function mergeMetrics(pages: readonly string[]): string {
  const families = new Map<string, { head: string; samples: string[] }>();
  for (const page of pages) {
    for (const block of page.split(/^(?=# HELP )/m)) {
      const lines = block.split('\n').filter((line) => line !== '');
      const head = lines.filter((line) => line.startsWith('#'));
      const name = head[0]?.split(' ')[2];
      if (!name) continue;
      const family = families.get(name) ?? { head: head.join('\n'), samples: [] };
      families.set(name, family);
      family.samples.push(...lines.filter((line) => !line.startsWith('#')));
    }
  }
  return `${[...families.values()].map(({ head, samples }) => [head, ...samples].join('\n')).join('\n\n')}\n`;
}

/** The brokers the specs may use: `KAFKA_BROKERS`, which `npm test` sets to a cluster of its own where it can run one. */
const brokers = process.env.KAFKA_BROKERS;

/** A `describe` that is skipped, and says so, where there is no broker. */
export function withKafka(name: string, specs: (brokers: string) => void): void {
  if (brokers) {
    describe(name, () => specs(brokers));
    return;
  }
  process.stderr.write(`\n!  ${name}: SKIPPED, there is no broker. npm run kafka; KAFKA_BROKERS=127.0.0.1:9092\n`);
  describe.skip(name, () => specs(''));
}

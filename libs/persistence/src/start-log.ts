/** What the server says to whoever comes while it starts: one line each, and after a crash thousands come. */
const comeLater = /FATAL: {2}the database system is (starting up|not yet accepting connections|in recovery mode|shutting down)/;
const longest = 16_000;

/** The server's log from its start until it takes connections: what an explanation is made of when it does not come to that. */
export class StartLog {
  /** The server takes connections. */
  isReady = false;
  text = '';

  hear(line: string): void {
    if (this.isReady) return;
    this.isReady = line.includes('database system is ready to accept connections');
    if (!comeLater.test(line) && this.text.length < longest) this.text += `${line}\n`;
  }
}

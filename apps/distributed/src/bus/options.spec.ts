import { readBusCommand } from './options';

describe('the command line of the bus', () => {
  it.each([
    [[], { verb: 'help' }],
    [['lag', '--json'], { verb: 'lag', json: true }],
    [['dead'], { verb: 'dead', group: undefined, json: false, body: false }],
    [['dead', 'inbox', '--body'], { verb: 'dead', group: 'inbox', json: false, body: true }],
    [['replay', '7', '12'], { verb: 'replay', choice: { ids: ['7', '12'] } }],
    [['skip', '--group', 'inbox', '--all', '--yes'], { verb: 'skip', choice: { group: 'inbox' }, yes: true }],
    [['move'], { verb: 'move' }],
  ])('reads %j', (args, command) => expect(readBusCommand(args)).toEqual(command));

  it.each([
    [['forget'], 'no command forget'],
    [['lag', '--yes'], 'lag has no --yes'],
    [['replay'], 'replay takes ids, or --group G --all'],
    [['skip', '--all'], 'skip takes ids, or --group G --all'],
    [['skip', '7', '--group', 'inbox', '--all'], 'skip takes ids, or --group G --all'],
    [['replay', '7; drop'], '7; drop is no id of a letter'],
    [['move', 'there'], 'move does not know what to do with there'],
    [['dead', 'one', 'two'], 'dead does not know what to do with one two'],
  ])('refuses %j', (args, line) => expect(() => readBusCommand(args)).toThrow(line));
});

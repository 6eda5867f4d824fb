import { entryOffences, fileOffences, unusedTopics } from './check-catalogue';

const opened = {
  type: 'conversation.opened',
  topic: 'conversation.v1' as const,
  doc: 'Published when a customer turns to the tenant.',
  key: (data: { id: string }) => `conversation:${data.id}`,
};

describe('the event catalogue', () => {
  it('lets a well-named event pass', () => {
    expect(entryOffences([opened])).toEqual([]);
    expect(fileOffences([opened], ['conversation-opened'])).toEqual([]);
    expect(unusedTopics([opened], ['conversation.v1'])).toEqual([]);
  });

  it.each([
    ['a command for a name', { ...opened, type: 'conversation.open' }, 'conversation.open is not of the form'],
    ['a doc that does not say when', { ...opened, doc: 'A conversation.' }, 'must be a sentence that begins "Published when"'],
    ['a key of nothing', { ...opened, key: () => 'all' }, 'its key must begin with what it is about'],
  ])('stops %s', (_offence, definition, offence) => {
    expect(entryOffences([definition])).toEqual([expect.stringContaining(offence)]);
  });

  it('stops an event that stands in it twice', () =>
    expect(entryOffences([opened, opened])).toEqual(['conversation.opened stands in the catalogue twice']));
  it('stops an event without a file of its own', () => expect(fileOffences([opened], [])).toHaveLength(1));
  it('stops a file that is no event', () => expect(fileOffences([opened], ['conversation-opened', 'helpers'])).toHaveLength(1));
  it('stops a topic nobody publishes on', () =>
    expect(unusedTopics([opened], ['conversation.v1', 'old.v1'])).toEqual(['no event is published on old.v1']));
});

import { madeUpConversation, selfTest } from './self-test';

describe('selfTest', () => {
  it('is content with the judge', () => {
    const { acknowledged, views } = madeUpConversation(60);
    expect(selfTest(0, acknowledged, views)).toEqual([]);
  });

  it('is not when a fault is already there', () => {
    const { acknowledged, views } = madeUpConversation(60);
    expect(selfTest(0, acknowledged, { ...views, visitor: views.visitor.slice(1) })).not.toEqual([]);
  });
});

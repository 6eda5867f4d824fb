import { Flow } from './flow';

function flowOf(...shown: [seq: number, position: number][]): Flow {
  const flow = new Flow();
  for (let seq = 0; seq < 4; seq++) {
    flow.plan(7, 100 * seq, seq > 0);
    flow.acknowledged(7, seq, 100 * seq + 10);
  }
  for (const [seq, position] of shown) flow.seen(7, seq, position, 1000);
  return flow;
}

describe('Flow', () => {
  it('is content when everything is shown once and in order', () => {
    const flow = flowOf([0, 1], [1, 3], [2, 4], [3, 9]);
    expect(flow.count()).toEqual({ planned: 4, acknowledged: 4, seen: 4, lost: 0, duplicated: 0, misordered: 0 });
    expect(flow.latencies()).toEqual([900, 800, 700]);
    expect(flow.latencies(150, 250)).toEqual([800]);
    expect(flow.afterAcknowledgement()).toEqual([990, 890, 790, 690]);
  });

  it('counts an acknowledged message that is never shown as lost', () => {
    expect(flowOf([0, 1], [1, 2], [3, 3]).count()).toMatchObject({ lost: 1, duplicated: 0, misordered: 0 });
  });

  it('does not miss what was never acknowledged', () => {
    const flow = new Flow();
    flow.plan(1, 0, true);
    expect(flow.count()).toMatchObject({ planned: 1, acknowledged: 0, lost: 0 });
  });

  it('counts a message shown at two places as duplicated, the same place twice as one', () => {
    expect(flowOf([0, 1], [1, 2], [1, 2], [2, 3], [2, 4], [3, 5]).count()).toMatchObject({ lost: 0, duplicated: 1, misordered: 0 });
  });

  it('counts a message that comes after a later one, or is placed behind it, as misordered', () => {
    expect(flowOf([0, 1], [2, 3], [1, 2], [3, 4]).count()).toMatchObject({ misordered: 1 });
    expect(flowOf([0, 1], [1, 3], [2, 2], [3, 4]).count()).toMatchObject({ misordered: 1 });
  });
});

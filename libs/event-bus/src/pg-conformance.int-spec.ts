import { deliveryConformance } from './conformance/delivery';
import { PgTransport } from './conformance/pg-transport';

describe('the PostgreSQL log', () => {
  let transport: PgTransport;
  beforeEach(async () => {
    transport = await PgTransport.create();
  });
  afterEach(() => transport.close());

  describe('delivery', () => deliveryConformance(() => transport));
});

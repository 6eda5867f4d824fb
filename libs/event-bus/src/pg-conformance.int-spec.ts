import { deliveryConformance } from './conformance/delivery';
import { failureConformance } from './conformance/failure';
import { orderConformance } from './conformance/order';
import { PgTransport } from './conformance/pg-transport';

describe('the PostgreSQL log', () => {
  let transport: PgTransport;
  beforeEach(async () => {
    transport = await PgTransport.create();
  });
  afterEach(() => transport.close());

  describe('delivery', () => deliveryConformance(() => transport));
  describe('order', () => orderConformance(() => transport));
  describe('failure', () => failureConformance(() => transport));
});

import { type DemoPerson, demoOperator, demoTenants } from './demo-data';

const digits = (number: number) => String(number).padStart(3, '0');

/** Agents for load tests, `bench-001@demo.cordboard.example` and on: each serves every demo tenant with the given capacity. */
export function extraAgents(count: number, chatCapacity: number): DemoPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `01900000-0000-7000-8000-0009${String(index + 1).padStart(8, '0')}`,
    operatorId: demoOperator.id,
    email: `bench-${digits(index + 1)}@demo.cordboard.example`,
    name: `Bench ${digits(index + 1)}`,
    language: 'en',
    title: 'agent of a load test',
    grants: demoTenants.map((tenant) => ({ tenantId: tenant.id, role: 'agent' as const })),
    chatCapacity,
  }));
}

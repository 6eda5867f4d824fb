/** Has a function of the schema `bus` run as the tables' reader and writer, closed to everybody but services or the bus's own role alone. */
export const busFunction = (signature: string, to: 'cordboard_service' | 'cordboard_bus' = 'cordboard_service'): string => `
  alter function bus.${signature} owner to cordboard_definer;
  revoke all on function bus.${signature} from public;
  grant execute on function bus.${signature} to ${to};
`;

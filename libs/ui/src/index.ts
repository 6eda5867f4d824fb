export { Avatar } from './avatar';
export { Hint } from './hint';
export * from './icons';
export { initials } from './initials';
export { Late } from './late';
export { Place } from './place';
export { type TenantColourName, tenantColour, tenantColours } from './tenant-colours';
export { theme } from './theme';

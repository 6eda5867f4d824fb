/** The ten colours a tenant can have; each passes 4.5:1 as text on both grounds. */
export const tenantColours = ['TEAL', 'RUST', 'VIOLET', 'BLUE', 'GREEN', 'PLUM', 'OCHRE', 'ROSE', 'SLATE', 'OLIVE'] as const;
export type TenantColourName = (typeof tenantColours)[number];

/** The token of a tenant's colour, e.g. `var(--t-teal)`. */
export const tenantColour = (colour: TenantColourName) => `var(--t-${colour.toLowerCase()})`;

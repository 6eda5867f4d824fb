import { z } from 'zod';
import { localizedTextSchema } from './localized-text';

/** One of ten colours that pass 3:1 on both grounds; the console's theme has the values. */
export const tenantColourSchema = z.enum(['teal', 'rust', 'violet', 'blue', 'green', 'plum', 'ochre', 'rose', 'slate', 'olive']);
export type TenantColour = z.infer<typeof tenantColourSchema>;

/** A client business, as every service may know it. */
export const tenantSchema = z.object({
  id: z.uuid(),
  operatorId: z.uuid(),
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(120),
  /** For list rows, at most 14 characters: “Sever”. */
  shortName: z.string().min(1).max(14),
  colour: tenantColourSchema,
  /** BCP 47, the first is the default. */
  languages: z.array(z.string()).min(1),
  timeZone: z.string(),
  /** What the widget says before anybody answers. */
  greeting: localizedTextSchema,
  /** Opening hours as the widget words them, and how soon an answer usually comes. */
  hoursLine: localizedTextSchema,
  /** Origins of the sites that may embed the widget: `https://shop.example`. */
  sites: z.array(z.string()),
});
export type TenantShape = z.infer<typeof tenantSchema>;

import { z } from 'zod';

/** A text in several languages by BCP 47 tag, e.g. `{ en: 'Booked', ru: 'Записан' }`. */
export const localizedTextSchema = z.record(z.string().min(2), z.string());
export type LocalizedText = z.infer<typeof localizedTextSchema>;

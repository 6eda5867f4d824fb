import type { LocalizedText } from '@cordboard/events';
import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('LocalizedText', { description: 'A text in one of the languages it exists in.' })
export class LocalizedTextType {
  @Field(() => String, { description: 'BCP 47 tag, for example `en` or `zh`.' })
  language!: string;

  @Field(() => String, { description: 'The text in that language.' })
  text!: string;
}

/** `{ en: 'Booked', ru: 'Записан' }` as the list that GraphQL knows. */
export function toTexts(text: LocalizedText): LocalizedTextType[] {
  return Object.entries(text).map(([language, value]) => ({ language, text: value }));
}

/** Up to two letters for a name in any script: “Анна Петрова” → “АП”, “Visitor · Prices” → “V”, “王伟” → “王”. */
export const initials = (name: string): string => {
  const words = name.split('·')[0]?.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return (
    letters
      .map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 0x3f))
      .join('')
      .toUpperCase() || '?'
  );
};

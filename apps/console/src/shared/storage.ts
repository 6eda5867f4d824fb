/** localStorage that never throws: private windows and full disks make the console forget, not fail. */
const prefix = 'cordboard.';

export const remember = (key: string, value: unknown): boolean => {
  try {
    if (value === null || value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

/** What was remembered, if it is of the kind asked for. */
export const recall = <T>(key: string, isIt: (value: unknown) => value is T): T | null => {
  try {
    const text = localStorage.getItem(prefix + key);
    const value: unknown = text === null ? null : JSON.parse(text);
    return isIt(value) ? value : null;
  } catch {
    return null;
  }
};

/** Keys remembered under a prefix, without the product's own prefix. */
export const rememberedKeys = (under: string): string[] => {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + under))
      .map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
};

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
export const isString = (value: unknown): value is string => typeof value === 'string';
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

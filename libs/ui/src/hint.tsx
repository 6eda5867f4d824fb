/** The key that does the same as the button it stands in; hidden from readers, who get it from aria-keyshortcuts. */
export function Hint({ children }: { children: string }) {
  return (
    <kbd className="hint" aria-hidden="true">
      {children}
    </kbd>
  );
}

/** The key that does the same as the button it stands in; hidden from readers, who get it from aria-keyshortcuts. */
export function Hint({ children }: { children: string }) {
  return (
    <span className="kbd hint" aria-hidden="true">
      {children}
    </span>
  );
}

/**
 * A picture that says nothing that a text beside it does not.
 *
 * @param className which one (`icon-search`), its size, its colour
 */
export function Icon({ className }: { className: string }) {
  return <span aria-hidden className={`icon ${className}`} />;
}

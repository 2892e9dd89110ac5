import type { Prepared } from "./prepare";

let kinds = 0;

/**
 * What more than one asks of a text: it is read when the first asks. What holds it is used again for the
 * next text that the same `Prepared` reads, so nobody keeps it.
 *
 * @param make makes an empty one, once for each `Prepared`
 * @param read fills it from a text; what it held of another is still in it
 */
export function perText<Held>(
  make: () => Held,
  read: (held: Held, prepared: Prepared) => void,
): (prepared: Prepared) => Held {
  const place = kinds++;
  return (prepared) => prepared.reading(place, make, read);
}

/**
 * Pictures are stored as WebP. Who names the image types that he takes and not this one is from
 * before 2020 and gets a JPEG; who takes anything, or says nothing, is no such browser.
 *
 * @param accept the `Accept` header
 */
export function pictureFormat(accept: string | undefined): "webp" | "jpeg" {
  const named = (accept ?? "")
    .toLowerCase()
    .split(",")
    .map((part) => part.replaceAll(" ", ""))
    .filter((part) => part.startsWith("image/") && !part.startsWith("image/*"));
  const takesWebp = named.some((part) => /^image\/webp(;(?!q=0(\.0*)?$).*)?$/.test(part));
  return takesWebp || named.length === 0 ? "webp" : "jpeg";
}

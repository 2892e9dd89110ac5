type Form = Record<string, string>;

/** A browser at the demo host, without JavaScript; without following, so that one sees where it is sent. */
export function browserAt(address: string) {
  let cookie = "";
  async function ask(path: string, form?: Form, headers: Form = { Origin: address }) {
    const response = await fetch(`${address}${path}`, {
      method: form ? "POST" : "GET",
      headers: { ...headers, Cookie: cookie },
      body: form && new URLSearchParams(form),
      redirect: "manual",
    });
    cookie = response.headers.get("Set-Cookie")?.split(";")[0] ?? cookie;
    const location = response.headers.get("Location") ?? "";
    return { status: response.status, location, page: await response.text() };
  }
  return ask;
}

import type { PostAnswer } from "~/http/client/post-form";

/** An upload that stands still this long is given up, in ms. */
const patience = 60_000;
/** Once all has arrived, the server may wait for its turn to work on the pictures: in ms. */
const patienceAfter = 180_000;

type Options = {
  signal: AbortSignal;
  /** @param loaded bytes of the whole form, of `total` */
  onProgress: (loaded: number, total: number) => void;
};

/** Posts a form with files; `fetch` does not tell how far it is. An end that was asked for is no answer either. */
export function uploadForm<Data>(
  path: string,
  form: FormData,
  { signal, onProgress }: Options,
): Promise<PostAnswer<Data>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let timer = setTimeout(stop, patience);
    const wait = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(stop, ms);
    };
    request.upload.onprogress = ({ loaded, total }) => {
      wait(loaded < total ? patience : patienceAfter);
      onProgress(loaded, total);
    };
    request.upload.onload = () => wait(patienceAfter);
    request.onloadend = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(answerOf<Data>(request));
    };
    signal.addEventListener("abort", stop);
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.send(form);
    if (signal.aborted) stop();
  });
}

/** An answer may come while the form is still on its way: the rest of it is wanted no more. */
function answerOf<Data>(request: XMLHttpRequest): PostAnswer<Data> {
  const { status } = request;
  const retryAfter = Number(request.getResponseHeader("Retry-After")) * 1_000 || 0;
  // A proxy's error page is no answer of ours.
  const isOurs = request.getResponseHeader("Content-Type")?.startsWith("application/json");
  try {
    const data = isOurs ? (JSON.parse(request.responseText) as Data) : undefined;
    return { status, retryAfter, data };
  } catch {
    return { status: 0, retryAfter: 0 };
  }
}

import { abuse } from "./abuse/abuse";
import { email } from "./contact/email";
import { handle } from "./contact/handle";
import { link } from "./contact/link";
import { phone } from "./contact/phone";
import type { Detector } from "./detector";
import { payment } from "./payment/payment";
import { dictionary } from "./words/dictionary";

/** All that looks at the words alone; to add one is to add it here. */
export const detectors: readonly Detector[] = [email, phone, link, handle, payment, ...abuse];

// All of their words are known now; whoever sends first should not wait for it.
dictionary.settle();

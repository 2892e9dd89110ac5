import { arabic, hebrew } from "./chats/arabic-hebrew";
import { englishInTown } from "./chats/english-in-town";
import { englishOutdoors } from "./chats/english-outdoors";
import { german } from "./chats/german";
import { greek, hindi, japanese } from "./chats/japanese-hindi-greek";
import { miraAndJonas } from "./chats/mira-and-jonas";
import { miraElsewhere } from "./chats/mira-elsewhere";
import { french, spanish } from "./chats/spanish-french";
import { polish, turkish, ukrainian } from "./chats/turkish-polish-ukrainian";
import { longChat } from "./long-chat";
import type { DemoChat } from "./types";

/** All sixty chats of the demo market, the long one among them. */
export function demoChats(): readonly DemoChat[] {
  return [
    // With the message that it was started, 2,000.
    longChat(1_999),
    ...miraAndJonas,
    ...miraElsewhere,
    ...englishInTown,
    ...englishOutdoors,
    ...german,
    ...spanish,
    ...french,
    ...turkish,
    ...polish,
    ...ukrainian,
    ...arabic,
    ...hebrew,
    ...japanese,
    ...hindi,
    ...greek,
  ];
}

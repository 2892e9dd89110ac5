import { closing, opening } from "./long-chat/bookends";
import { dealingDealer } from "./long-chat/dealing";
import { handoverDealer, type Purchase } from "./long-chat/handover";
import { between, dealer, seededRandom } from "./long-chat/random";
import { makeRecords, type VinylRecord } from "./long-chat/records";
import { slipsOfTheThumb } from "./long-chat/slips";
import { startTalk } from "./long-chat/talk";
import { vignettes } from "./long-chat/vignettes";
import type { DemoChat } from "./types";

const seed = 1973;
/** A pile that is worth a walk. */
const pileSize = 6;
/** Longer than any one talk, so that short talks can fill up to the exact count. */
const fillUpBelow = 30;

/**
 * Five months of buying records one by one. The same `lineCount` gives the same chat, always.
 * `lineCount` is 600 at least, which the beginning, the end and the first purchases need.
 */
export function longChat(lineCount = 2_000): DemoChat {
  const random = seededRandom(seed);
  const talk = startTalk(random);
  const dealing = dealingDealer(random, talk);
  const handOver = handoverDealer(random, talk);
  const unseen = makeRecords(random);
  const pile: Purchase[] = [];
  const atHome: VinylRecord[] = [];
  const reviewed: VinylRecord[] = [];
  let vignettesTold = 0;

  for (const [from, text] of opening) talk.say(from, text);

  const end = lineCount - closing.length;
  const kind = dealer(random, ["haggle", "haggle", "haggle", "review", "review", "recommend"]);
  while (end - talk.lines.length > fillUpBelow) {
    const vignette = vignettes[vignettesTold];
    const vignetteIsDue = talk.lines.length / end > (vignettesTold + 0.5) / vignettes.length;
    if (pile.length >= pileSize) {
      handOver(pile);
      atHome.push(...pile.splice(0).map(({ record }) => record));
      continue;
    }
    talk.laterOn();
    if (vignette && vignetteIsDue) {
      vignettesTold++;
      for (const [who, what] of vignette) {
        if (who === "days") talk.daysLater(what);
        else talk.say(who === "b" ? "buyer" : "seller", what);
      }
      continue;
    }
    const three = kind() === "recommend" ? takeOfOneGenre(unseen) : null;
    if (three) {
      pile.push(...dealing.recommend(three));
      continue;
    }
    const heard = kind() === "review" ? atHome.shift() : undefined;
    if (heard) {
      reviewed.push(heard);
      dealing.review(heard, between(random, 2, 4));
      continue;
    }
    const record = unseen.pop();
    if (!record) break;
    const bought = dealing.haggle(record);
    if (bought) pile.push(bought);
  }

  const favourite = dealer(random, [...atHome, ...reviewed]);
  for (let left = end - talk.lines.length; left > 0; left = end - talk.lines.length) {
    talk.laterOn();
    dealing.review(favourite(), left <= 5 ? left : left === 6 ? 3 : 4);
  }

  talk.laterOn();
  for (const [from, text] of closing) talk.say(from, text);

  return {
    listingReference: "L-1001",
    buyerKey: "buyer",
    status: "open",
    lastActivityHoursBeforeNow: 55,
    lines: slipsOfTheThumb(random, talk.lines),
  };
}

/** Takes three records of one genre out of `records`; null when no genre has three left. */
function takeOfOneGenre(records: VinylRecord[]): [VinylRecord, VinylRecord, VinylRecord] | null {
  for (const { genre } of records) {
    const [a, b, c] = records.filter((record) => record.genre === genre);
    if (a && b && c) {
      for (const taken of [a, b, c]) records.splice(records.indexOf(taken), 1);
      return [a, b, c];
    }
  }
  return null;
}

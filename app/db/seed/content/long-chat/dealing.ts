import { detailDealer } from "./details";
import type { Purchase } from "./handover";
import * as listening from "./listening-phrases";
import * as phrases from "./phrases";
import { between, dealer, type Random } from "./random";
import type { VinylRecord } from "./records";
import { fill, sentence, type Talk } from "./talk";

type Slots = Readonly<Record<string, string | number>>;

function recordSlots(record: VinylRecord): Slots {
  return { ...record, media: record.mediaGrade, sleeve: record.sleeveGrade };
}

/** The talks about one or some records: haggling, advice, and what they sounded like at home. */
export function dealingDealer(random: Random, talk: Talk) {
  const detail = detailDealer(random, phrases.followUps);
  const opening = dealer(random, phrases.openings);
  const condition = dealer(random, phrases.conditionAnswers);
  const offer = dealer(random, phrases.offers);
  const acceptance = dealer(random, phrases.acceptances);
  const counter = dealer(random, phrases.counters);
  const counterAgreed = dealer(random, phrases.counterAgreed);
  const counterRefused = dealer(random, phrases.counterRefused);
  const refusedReply = dealer(random, phrases.refusedReplies);
  const sold = dealer(random, phrases.alreadySold);
  const tooLate = dealer(random, phrases.tooLateReplies);
  const lookout = dealer(random, phrases.lookouts);
  const thanks = dealer(random, phrases.buyerThanks);
  const signOff = dealer(random, phrases.sellerSignOffs);
  const genreQuestion = dealer(random, listening.genreQuestions);
  const genreAnswer = dealer(random, listening.genreAnswers);
  const genreChoice = dealer(random, listening.genreChoices);
  const genreBundle = dealer(random, listening.genreBundles);
  const genreDeal = dealer(random, listening.genreDeals);
  const verdict = dealer(random, listening.verdicts);
  const verdictFollowUp = dealer(random, listening.verdictFollowUps);
  const outcome = dealer(random, [
    "yes",
    "yes",
    "counter",
    "counter",
    "counter",
    "no",
    "sold",
  ] as const);

  function askDetail(slots: Slots, replyTo?: number, lead = "") {
    const [question, answer] = detail();
    talk.say("buyer", lead + fill(question, slots), replyTo);
    talk.say("seller", sentence(fill(answer, slots)));
  }

  return {
    /** Haggles over one record; tells what was bought, if it was. */
    haggle(record: VinylRecord): Purchase | null {
      const offered = Math.max(6, record.price - between(random, 2, 5));
      const countered = offered + Math.max(1, Math.ceil((record.price - offered) / 2));
      const slots = { ...recordSlots(record), offer: offered, counter: countered };
      const end = outcome();
      const asked = talk.say("buyer", fill(opening(), slots));
      if (end === "sold") {
        talk.say("seller", fill(sold(), slots), asked);
        talk.say("buyer", fill(tooLate(), slots));
        talk.say("seller", fill(lookout(), slots));
        return null;
      }
      const answered = talk.say("seller", fill(condition(), slots));
      askDetail(slots, random() < 0.2 ? answered : undefined);
      if (random() < 0.6) askDetail(slots);
      const bid = talk.say("buyer", fill(offer(), slots));
      if (end === "yes") {
        talk.say("seller", fill(acceptance(), slots), random() < 0.3 ? bid : undefined);
        talk.say("buyer", thanks());
        if (random() < 0.5) talk.say("seller", signOff());
        return { record, price: offered };
      }
      talk.say("seller", fill(counter(), slots), random() < 0.3 ? bid : undefined);
      if (end === "no") {
        talk.say("buyer", fill(counterRefused(), slots));
        talk.say("seller", fill(refusedReply(), slots));
        return null;
      }
      talk.say("buyer", fill(counterAgreed(), slots));
      talk.say("seller", signOff());
      return { record, price: countered };
    },

    /** The seller recommends three records of a genre; the first and the last are bought. */
    recommend(three: readonly [VinylRecord, VinylRecord, VinylRecord]): Purchase[] {
      const [first, , last] = three;
      const together = Math.max(12, first.price + last.price - between(random, 3, 7));
      const slots = { ...recordSlots(first), offer: together };
      talk.say("buyer", fill(genreQuestion(), slots));
      const menu = three.map(
        (r, i) => `${i + 1}. ${r.artist}, “${r.title}” (${r.year}), ${r.mediaGrade}, ${r.price} €`,
      );
      const list = talk.say("seller", [fill(genreAnswer(), slots), ...menu].join("\n"));
      askDetail(slots, list, "The first one: ");
      talk.say("buyer", sentence(fill(genreChoice(), slots)));
      talk.say("seller", fill(genreBundle(), slots));
      talk.say("buyer", fill(genreDeal(), slots));
      const priceOfFirst = Math.round((together * first.price) / (first.price + last.price));
      return [
        { record: first, price: priceOfFirst },
        { record: last, price: together - priceOfFirst },
      ];
    },

    /** What a record sounded like at home, in two to five lines. */
    review(record: VinylRecord, lineCount: number) {
      const slots = recordSlots(record);
      const [opinion, reply] = verdict();
      const said = talk.say("buyer", sentence(fill(opinion, slots)));
      talk.say("seller", sentence(fill(reply, slots)), random() < 0.25 ? said : undefined);
      if (lineCount >= 4) {
        const [question, answer] = verdictFollowUp();
        talk.say("buyer", fill(question, slots));
        talk.say("seller", fill(answer, slots));
      }
      if (lineCount % 2 === 1) talk.say("buyer", thanks());
    },
  };
}

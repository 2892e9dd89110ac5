import * as phrases from "./meeting-phrases";
import { between, dealer, type Random } from "./random";
import type { VinylRecord } from "./records";
import { fill, sentence, type Talk } from "./talk";

export type Purchase = { record: VinylRecord; price: number };

/** The pile is counted, paid and changes hands, in town or by post. */
export function handoverDealer(random: Random, talk: Talk) {
  const deal = {
    question: dealer(random, phrases.pileQuestions),
    answer: dealer(random, phrases.pileAnswers),
    place: dealer(random, phrases.places),
    time: dealer(random, phrases.times),
    proposal: dealer(random, phrases.meetingProposals),
    agreement: dealer(random, phrases.meetingAnswers),
    onTheWay: dealer(random, phrases.onTheWay),
    onTheWayAnswer: dealer(random, phrases.onTheWayAnswers),
    after: dealer(random, phrases.afterMeeting),
    afterAnswer: dealer(random, phrases.afterMeetingAnswers),
    parcel: dealer(random, phrases.parcelRequests),
    parcelAnswer: dealer(random, phrases.parcelAnswers),
    paid: dealer(random, phrases.parcelConfirmations),
    sent: dealer(random, phrases.parcelSent),
    arrived: dealer(random, phrases.parcelArrived),
    arrivedReply: dealer(random, phrases.parcelReplies),
  };

  return (pile: readonly Purchase[]) => {
    const slots = {
      count: pile.length,
      total: pile.reduce((sum, { price }) => sum + price, 0),
      first: pile[0]?.record.title ?? "",
      last: pile[pile.length - 1]?.record.title ?? "",
      place: deal.place(),
      time: deal.time(),
      code: `${between(random, 100, 999)}${"BCDFGHKLMN".charAt(between(random, 0, 9))}${between(random, 10, 99)}`,
    };
    const say = (from: "buyer" | "seller", phrase: string, replyTo?: number) =>
      talk.say(from, sentence(fill(phrase, slots)), replyTo);

    talk.laterOn();
    const question = say("buyer", deal.question());
    say("seller", deal.answer(), question);
    if (random() < 0.3) {
      say("buyer", deal.parcel());
      say("seller", deal.parcelAnswer());
      say("buyer", deal.paid());
      talk.daysLater(1);
      say("seller", deal.sent());
      talk.daysLater(between(random, 1, 3));
      say("buyer", deal.arrived());
      say("seller", deal.arrivedReply());
      return;
    }
    say("buyer", deal.proposal());
    say("seller", deal.agreement());
    talk.daysLater(1);
    say("buyer", deal.onTheWay());
    say("seller", deal.onTheWayAnswer());
    talk.laterOn();
    say("buyer", deal.after());
    say("seller", deal.afterAnswer());
  };
}

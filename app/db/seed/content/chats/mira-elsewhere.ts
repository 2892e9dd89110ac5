import { buyer, seller, stageChanged } from "../lines";
import type { DemoChat } from "../types";

/** Chats of buyer@demo.test with other sellers. */
export const miraElsewhere: readonly DemoChat[] = [
  {
    listingReference: "L-1017",
    buyerKey: "buyer",
    status: "open",
    lastActivityHoursBeforeNow: 76,
    lines: [
      buyer(0, "Merhaba! Is the phone really unlocked? I use a card from abroad."),
      seller(
        17,
        "Merhaba Mira 🙂 Yes, I bought it without a contract. I had two different cards in it.",
      ),
      buyer(4, "88 per cent battery: does it last a day?"),
      seller(
        6,
        "With my use (maps, music, too much news) until about nine in the evening. You will be fine with normal use.",
      ),
      buyer(2, "Any problems with the camera? I saw the scratch beside it."),
      seller(
        3,
        "The scratch is on the frame, not on the glass. Pictures are clean, I can show you.",
      ),
      buyer(10, "190?"),
      seller(28, "200 is my last price, with the case and the spare cable."),
      buyer(3, "Tamam, 200."),
      stageChanged(22, "inquiry", "paid"),
      seller(
        5,
        "Teşekkürler! When shall we meet? I would like you to switch it on before you leave.",
      ),
      buyer(7, "Tomorrow at 16:00, in the market hall beside the tea stand?"),
      seller(2, "The one with the blue awning? Good, the tea is on me."),
      buyer(1, "Then I can't be late ☕"),
    ],
  },
  {
    listingReference: "L-1031",
    buyerKey: "buyer",
    status: "open",
    lastActivityHoursBeforeNow: 118,
    lines: [
      buyer(0, "Cześć! That is nearly all the Polish I know. Is the train set complete? 🚂"),
      seller(
        48,
        "Cześć! Your accent looks perfect in writing 😄 All 60 pieces of track are there, I counted twice because I was helped.",
      ),
      buyer(
        3,
        "Our two would be over the moon. 👨‍👩‍👧‍👦 Is the locomotive with a battery or to push?",
      ),
      seller(5, "To push. No batteries, no noise, only the noise that the children make."),
      buyer(2, "Even better for everyone in the house. Which wagon was chewed?"),
      seller(6, "The timber wagon. By a dog, we think, but the witness is three years old."),
      buyer(8, "28 and I come by bike on Sunday?"),
      seller(14, "30, and you get the chewed wagon for free 😉"),
      buyer(1, "Deal! 👩‍❤️‍👨👧🏽👦🏽"),
      seller(
        9,
        "Playground by the water tower, 15:00. Mine will want to say goodbye to the engine.",
      ),
      buyer(4, "We bring biscuits for the ceremony."),
    ],
  },
  {
    listingReference: "L-1022",
    buyerKey: "buyer",
    status: "open",
    lastActivityHoursBeforeNow: 44,
    lines: [
      buyer(0, "Hello Layla, the coffee pot is beautiful. Is it for use or for decoration?"),
      seller(
        95,
        "أهلًا ميرا! Both. It is tinned inside, so you can cook coffee in it, but low heat please.",
      ),
      buyer(11, "How much does it hold?"),
      seller(4, "About 800 ml, so twelve small cups. فنجان صغير طبعًا 🙂"),
      buyer(2, "What does the engraving say? I see letters on the left side."),
      seller(
        7,
        "مكتوب عليها: «أهلًا وسهلًا».\nIt means: you are welcome here. My aunt had it made in 1974.",
      ),
      buyer(3, "I got goosebumps. Can you send it to Europe?"),
      seller(
        30,
        "Yes, the post asks 90 AED for 1.5 kg with tracking. I would wrap it in a woollen scarf, and the scarf is yours.",
      ),
      buyer(5, "Would 200 AED plus the 90 be all right?"),
      seller(52, "For somebody who asks what the letters say: نعم، 200 AED."),
      buyer(2, "شكرًا جزيلًا! (I had to look that up.)"),
      seller(1, "You wrote it perfectly 🌷"),
      buyer(18, "I will pay on Monday when my salary is in, if that is all right."),
      seller(6, "على راحتك. No hurry."),
    ],
  },
  {
    listingReference: "L-1034",
    buyerKey: "buyer",
    status: "open",
    lastActivityHoursBeforeNow: 230,
    lines: [
      buyer(0, "Καλημέρα! Is the chess set carved by hand or turned on a machine?"),
      seller(
        180,
        "Καλημέρα Mira! Pawns and rooks on a lathe, the knights by hand. That is why each of the four horses has its own face.",
      ),
      buyer(14, "I noticed that one looks worried 🐴"),
      seller(3, "He is the one who always gets taken first."),
      buyer(2, "How big are the squares?"),
      seller(5, "4.5 cm. The king is 8.5 cm tall."),
      buyer(9, "42 with postage?"),
      seller(25, "Postage is 9 from the island. 50 for all of it, and I oil the board once more."),
      buyer(6, "All right, 50. ευχαριστώ!"),
      seller(2, "Εγώ ευχαριστώ 🙂 The boat with the post leaves on Tuesday, if the wind agrees."),
      buyer(2880, "Did the wind agree?"),
      seller(
        340,
        "The wind says Thursday. Sorry for the late answer, no signal in the olive grove.",
      ),
      buyer(12, "No problem at all."),
    ],
  },
];

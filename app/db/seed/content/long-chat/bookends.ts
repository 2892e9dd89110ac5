import type { DemoSide } from "../types";

type Said = readonly (readonly [DemoSide, string])[];

export const opening: Said = [
  [
    "buyer",
    "Hello! I have read your listing three times. Four hundred records, and one may really buy a single one?",
  ],
  [
    "seller",
    "Hello and welcome! Yes, record by record. They came one by one, they should leave one by one.",
  ],
  ["buyer", "I like that. I have to admit that I own exactly zero records so far."],
  ["seller", "Even better, then you have no doubles."],
  ["buyer", "😄 Where does one begin?"],
  ["seller", "With a cover that you like. Half of my best ones I bought because of the cover."],
  ["buyer", "And they are all in good order?"],
  [
    "seller",
    "Not all. I grade them like this:\nNM: as if it had never been played\nEX: played with love\nVG+: light marks, hardly a sound\nVG: crackles a bit, tells its story\nEverything below that I give away.",
  ],
  ["buyer", "Clear. And the prices?"],
  [
    "seller",
    "From nine euros. If you take several I get softer. You can haggle, I even expect it.",
  ],
  ["buyer", "I warn you, I am good at that."],
  ["seller", "And I warn you: I have a cat who decides."],
  ["buyer", "Then let's start. I am going through your list with a pencil now."],
  [
    "seller",
    "Take your time. They are not going anywhere, at least not at more than 33 turns a minute.",
  ],
];

export const closing: Said = [
  ["buyer", "I have just counted. Do you know how many we have got through in these five months?"],
  ["seller", "I am afraid to ask."],
  ["buyer", "The shelf from the old floorboards is full. Both rows."],
  ["seller", "And my hall has an echo now. I had forgotten that it has a floor."],
  ["buyer", "Is there anything left that I should know about?"],
  ["seller", "One crate that I have not listed. I wanted to look at it together with you first."],
  ["buyer", "Now you have my full attention."],
  [
    "seller",
    "It says “DO NOT SELL” on it, in my uncle's writing, and below, smaller: “unless somebody asks nicely”.",
  ],
  ["buyer", "I am asking nicely 🙏"],
  ["seller", "Come for coffee next week, then we open it. The cat will be present as a witness."],
  [
    "buyer",
    "I bring the plum cake. And the neighbour would like to know whether he may come along.",
  ],
  ["seller", "Of course he may. He has heard most of it already."],
];

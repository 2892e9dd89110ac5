import { between, dealer, type Random } from "./random";

type Pair = readonly [question: string, answer: string];

const coverThings: readonly string[] = [
  "a horse",
  "two nuns with ice cream",
  "an empty armchair",
  "a man with a very long scarf",
  "a red bicycle",
  "six pigeons",
  "a woman with a telescope",
  "a grand piano",
  "a boiled egg",
  "a lighthouse made of books",
  "the band, all asleep",
  "a single glove",
  "a dog in a raincoat",
  "a table for eight",
  "a child with a trumpet",
  "somebody's grandmother",
  "a suitcase full of lemons",
  "a tram conductor",
  "a chandelier",
  "three umbrellas",
];

const coverPlaces: readonly string[] = [
  "on a frozen lake",
  "in a stairwell",
  "at a petrol station at night",
  "under a bridge",
  "in a field of tulips",
  "on the roof of a cinema",
  "in an empty swimming pool",
  "beside a broken fountain",
  "in a lift",
  "on a railway platform",
  "in front of wallpaper with parrots",
  "at the edge of a cornfield",
  "in a shop window",
  "on a rowing boat",
  "behind a bakery counter",
  "in thick fog",
  "on a tennis court in the rain",
];

const coverColours: readonly string[] = [
  "mostly blue",
  "in faded orange",
  "black and white with one red spot",
  "in the brown of that year",
  "hand-coloured",
  "a little out of focus, on purpose I hope",
  "in a green that no longer exists",
  "printed a bit crooked",
];

const coverQuestions: readonly string[] = [
  "What does it look like from the front?",
  "Tell me about the picture on the sleeve.",
  "Is it one of those sleeves that one puts in a frame?",
  "I forgot the cover. Remind me?",
  "What is on the cover of “{title}”?",
  "Describe the sleeve to me, my picture is tiny.",
  "And the cover?",
  "Is the front nice enough to hang up?",
  "Who or what is that on the front?",
  "What do I see when I take it out of the bag?",
];

const coverTails: readonly string[] = [
  "The back is just {artist} and small print.",
  "On the back they look surprised.",
  "The back is plain.",
  "Nobody knows why.",
  "It has nothing to do with the music.",
  "My sister was afraid of it as a child.",
  "On the back: the same, from behind.",
  "You get used to it.",
  "I would hang it up at once.",
  "{artist} must have had a good week.",
  "It explains {track}, a bit.",
  "Underneath, tiny, the title.",
];

const songFirst: readonly string[] = [
  "Paper",
  "Winter",
  "Second",
  "Green",
  "Borrowed",
  "Slow",
  "Salt",
  "Midnight",
  "Little",
  "Broken",
  "Golden",
  "Quiet",
  "Upstairs",
  "Distant",
  "Friendly",
  "Velvet",
  "Crooked",
  "Early",
  "Electric",
  "Wooden",
];

const songSecond: readonly string[] = [
  "Harbour",
  "Telephone",
  "Garden",
  "Weather",
  "Waltz",
  "Letter",
  "Bridge",
  "Umbrella",
  "Morning",
  "Staircase",
  "Window",
  "Traffic",
  "Lantern",
  "Kitchen",
  "Orchard",
  "Compass",
  "Mirror",
  "Ferry",
  "Ribbon",
  "Balcony",
];

const songQuestions: readonly string[] = [
  "What do the songs call themselves?",
  "Side A, what is on it?",
  "Tell me the titles, I judge by titles.",
  "Does the back list the songs?",
  "What comes in which order?",
  "I need to know the names of the songs, for reasons.",
  "Could you type the songs of side A for me?",
  "What is on side B?",
  "Which songs are on it?",
  "Can you read me the titles?",
  "Is there a list of the songs on the back?",
];

const occasions: readonly string[] = [
  "ironing",
  "a long train ride in the head",
  "the first cup of coffee",
  "peeling potatoes",
  "a rainy window",
  "drawing maps",
  "guests who stay too long",
  "a walk in the kitchen",
  "falling asleep",
  "getting up",
  "homework",
  "the tax return",
  "Sunday at four",
  "writing letters",
  "baking bread",
  "tidying the cellar",
  "an evening by candlelight",
  "wrapping presents",
  "waiting for somebody",
  "dancing in socks",
  "a headache",
  "reading the newspaper",
  "mending a bicycle",
  "the last day of a holiday",
];

const occasionAnswers: readonly string[] = [
  "For {occasion} I would skip the first song and then let it run.",
  "I know people who use nothing else for {occasion}.",
  "Side A is for {occasion}, side B is for afterwards.",
  "Hm, for {occasion} it may be a little too lively. Try {track}.",
  "It was made for {occasion}, I suspect.",
  "Not for {occasion}, no. For the hour after it, yes.",
];

const instruments: readonly string[] = [
  "a harmonium",
  "a clarinet",
  "a musical saw",
  "a vibraphone",
  "a double bass",
  "an accordion",
  "a zither",
  "hand claps",
  "a typewriter",
  "a real string quartet",
  "an upright piano",
  "a flugelhorn",
  "bongos",
  "a mellotron",
  "a glass of water",
  "a banjo",
  "a tuba",
  "sleigh bells",
  "a choir",
  "a twelve-string guitar",
];

const instrumentAnswers: readonly string[] = [
  "{Instrument}, in {track}. It gets a round of applause from me each time.",
  "{Instrument}. The sleeve thanks the owner for lending it.",
  "{Instrument}, I think. My sister says something else, but she is wrong.",
  "{Instrument}! Recorded in the corridor, because it did not fit or was not welcome.",
  "{Instrument}, played by somebody who was there by accident.",
  "{Instrument}. It comes once more on side B, further away.",
  "{Instrument}, or two of them, depending on how loud you play it.",
];

const instrumentQuestions: readonly string[] = [
  "What is the strangest instrument on it?",
  "What made you buy it back then?",
  "What would I hear with my eyes closed in {track}?",
  "Which instrument is that in {track}?",
  "I heard a snippet. What is that odd sound in {track}?",
  "What is special about the line-up?",
  "Who or what makes that lovely noise in {track}?",
  "Which solo should I look forward to?",
  "What do I hear in {track}, behind the voice?",
];

/** Questions about a record whose answers are put together, so that they hardly ever repeat. */
export function detailDealer(random: Random, plain: readonly Pair[]) {
  const kind = dealer(random, [
    "plain",
    "plain",
    "cover",
    "songs",
    "occasion",
    "instrument",
  ] as const);
  const plainPair = dealer(random, plain);
  const thing = dealer(random, coverThings);
  const place = dealer(random, coverPlaces);
  const colour = dealer(random, coverColours);
  const coverTail = dealer(random, coverTails);
  const coverQuestion = dealer(random, coverQuestions);
  const songA = dealer(random, songFirst);
  const songB = dealer(random, songSecond);
  const songQuestion = dealer(random, songQuestions);
  const occasion = dealer(random, occasions);
  const occasionAnswer = dealer(random, occasionAnswers);
  const instrument = dealer(random, instruments);
  const instrumentQuestion = dealer(random, instrumentQuestions);
  const instrumentAnswer = dealer(random, instrumentAnswers);

  return (): Pair => {
    switch (kind()) {
      case "cover": {
        const seen = `${thing()} ${place()}, ${colour()}`;
        return [coverQuestion(), `${capitalised(seen)}. ${coverTail()}`];
      }
      case "songs": {
        const count = between(random, 4, 6);
        const songs = Array.from({ length: count }, (_, i) => `${i + 1}. ${songA()} ${songB()}`);
        return [songQuestion(), songs.join("\n")];
      }
      case "occasion": {
        const what = occasion();
        return [
          `Would you say that it is good for ${what}?`,
          occasionAnswer().replace("{occasion}", what),
        ];
      }
      case "instrument": {
        const what = instrument();
        const answer = instrumentAnswer()
          .replace("{instrument}", what)
          .replace("{Instrument}", capitalised(what));
        return [instrumentQuestion(), answer];
      }
      case "plain":
        return plainPair();
    }
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

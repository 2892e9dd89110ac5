/**
 * Sentences with slots, dealt out in turn. Slots of a record: {title} {artist} {genre} {year}
 * {label} {country} {media} {sleeve} {flaw} {track} {price}; of a deal: {offer} {counter}.
 */

export const openings: readonly string[] = [
  "Is “{title}” by {artist} still there?",
  "Next on my list: “{title}”, {artist}. Still yours?",
  "What can you tell me about “{title}” by {artist}?",
  "I keep coming back to {artist}, “{title}”. Have you sold it?",
  "A friend says I must hear {artist}. You have “{title}”, don't you?",
  "Do you still have the {artist} from {year}, the one called “{title}”?",
  "Page two of your list, “{title}”. May I ask about that one?",
  "The sleeve of “{title}” has been in my head all day. Is it available?",
  "My neighbour hummed something last night and swears that it is {artist}, “{title}”. Do you have it?",
  "Could you pull “{title}” out of the crate for me? {artist}, should be under {genre}.",
  "I am looking for a present. Would “{title}” by {artist} still be free?",
  "Let's talk about “{title}” 🙂",
  "I dreamt of the cover of “{title}”. That must mean something. Still there?",
  "Has anybody bought “{title}” yet? {artist}, {year}.",
  "You mentioned {artist} the other day. Is that “{title}”?",
  "My daughter picked one by its cover: “{title}”. Is it any good?",
  "One more question from your list: {artist}, “{title}”?",
  "How is “{title}” by {artist}? I only know the single.",
  "Tell me honestly: is “{title}” worth the {price} euros?",
  "I found “{title}” on another site for more. Is yours still to be had?",
  "For my {genre} shelf: “{title}”. Do you have it at hand?",
  "Rainy weekend ahead. I need “{title}” by {artist}. Do you still have it?",
  "What about {artist}? I see “{title}” on page four.",
  "Is the {country} pressing of “{title}” still in the crate?",
  "{artist}! I had no idea that they made “{title}”. Is it for sale?",
  "Could you check “{title}” for me when you have a minute?",
];

export const conditionAnswers: readonly string[] = [
  "Still here. {year}, {label}, {country} pressing. Vinyl {media}, sleeve {sleeve}.",
  "Yes. I played it last night: {media}. The sleeve is {sleeve}, with {flaw}.",
  "It is. {country} pressing on {label}. The only thing to mention: {flaw}.",
  "It is waiting for you. Vinyl {media}, sleeve {sleeve}, {price} euros.",
  "Still in the crate. I would call it {media}. It has {flaw}.",
  "Just pulled it out. Looks {media} under the lamp, sleeve {sleeve}. {price} euros.",
  "Available! It was my uncle's copy, so it was handled with clean hands. {media}, {flaw}.",
  "Yes, and it is a nice one: {label}, {year}, complete. Vinyl {media}.",
  "Here. Honest grading: vinyl {media}, sleeve {sleeve}. There is {flaw}.",
  "Yes, nobody has asked about it, which I never understood. {media} and {price} euros.",
  "I have it in my hand. {country} press, {media}, and {flaw}.",
  "Of course. {year} pressing, deep groove, plays {media}. Sleeve {sleeve}.",
  "Yes. I listened to both sides with headphones for you: {media}. You should know about {flaw}.",
  "It is, and I nearly kept it. Vinyl {media}, sleeve {sleeve}, {flaw}.",
  "Still there. The {label} pressing from {year}. I ask {price} for it.",
  "Found it, wrongly filed under {genre} leftovers. {media}, sleeve {sleeve}.",
  "Yes! {price} euros, {media}, and the cover is even better than in the picture.",
  "It is free. I cleaned it this morning, now it plays {media}. Remaining: {flaw}.",
  "Yes. Sleeve {sleeve}, record {media}. My favourite is {track}.",
  "Here it is, between two others by {artist}. {media}, {label}, {price} euros.",
  "Still available, {country} pressing, {price} euros. Its history: {flaw}.",
  "Yes, though I warn you: {track} will not leave your head for days. {media}.",
];

/** A question of the buyer and the seller's answer to it. */
export const followUps: readonly (readonly [question: string, answer: string])[] = [
  [
    "Is it a first pressing?",
    "The label says {year} and the run-out agrees, so yes, as far as I can tell.",
  ],
  [
    "How loud is the surface noise in quiet parts?",
    "In {track} you hear a little, with the volume up. Elsewhere nothing.",
  ],
  ["Any skips?", "None. I let both sides play to the end while cooking."],
  [
    "Is the inner sleeve the original one?",
    "On this one it is, with the adverts for other {label} records.",
  ],
  ["Does it have the lyric sheet?", "It does, a bit yellow, with two spelling mistakes of theirs."],
  ["Which song should I start with?", "With {track}. Then turn it over at once."],
  ["Could you play me a bit of it on Saturday?", "Gladly. I put it on the pile beside the player."],
  ["Is the cover as orange as in your picture?", "More so. The lamp swallowed half of it."],
  [
    "Is it mono or stereo?",
    "Stereo, although they clearly enjoyed it: the drums walk from left to right.",
  ],
  [
    "Does the bass come through? My speakers are small.",
    "Surprisingly well. They mixed it for small radios in those days.",
  ],
  [
    "Who plays the trumpet on it?",
    "The sleeve does not say. It thanks somebody's landlady instead.",
  ],
  [
    "Is it suitable for dinner with my mother-in-law?",
    "Side A certainly. Side B after she has left.",
  ],
  ["How does it compare with their other one?", "The other one is prettier, “{title}” is better."],
  [
    "Is there any writing on the cover?",
    "Only a small date on the back, in ink. Somebody bought it in spring.",
  ],
  ["Would you call it {genre}?", "The shop did. I would call it {genre} with its shoes off."],
  ["Is the hole in the middle worn?", "No. It was played, not tortured."],
  [
    "Do you know where it was bought?",
    "There is a stamp of a shop in a side street that is a dentist now.",
  ],
  ["Is the spine readable?", "Readable with reading glasses. It was lucky with the sun."],
  ["Warped at all?", "Flat. I laid it on the glass table and looked along the edge."],
  ["Is the sound bright or warm?", "Warm. If your system is dark you may want a bit of treble."],
  [
    "Did you wash it?",
    "With the machine, two turns, then air-dried on the dish rack under supervision of the cat.",
  ],
  ["Are the seams whole?", "The top one is. At the bottom one could slip in a postcard."],
  ["Does {track} really last eleven minutes?", "Eleven and a half, and not one too many."],
  [
    "Is it the version with the gatefold?",
    "Yes, with a picture inside in which everybody looks cold.",
  ],
  ["Anything in the run-out groove?", "Somebody scratched “thank you and good night” into it."],
  [
    "Why are you selling this one?",
    "I have it twice. The other has my name on it, in a child's hand.",
  ],
  ["Is {artist} still around?", "I heard that they run a guest house with a very good piano."],
  ["How heavy is the vinyl?", "Old and heavy, you could serve cake on it. Please don't."],
  ["Do I need to like {genre} for it?", "No. It is the record that I give to people who don't."],
  ["Can children dance to it?", "Mine did, when they were small. The sofa paid for it."],
  [
    "Is there a scratch that I would see in your picture?",
    "No, that is the reflection of my lamp, or of my curiosity.",
  ],
  ["Would you play it at a birthday?", "At the beginning, while people still talk."],
  ["Is it rare?", "Not rare, only seldom sold. People keep it."],
  [
    "What does {media} mean with you?",
    "That I would be happy to get it in the post for that price.",
  ],
  ["Do both sides sound alike?", "Side B is a little quieter, it was cut that way."],
  [
    "Is there a barcode on it?",
    "No barcode on this one, thank heaven. Just a price in a currency that is gone.",
  ],
  [
    "Is the {label} label the blue or the white one?",
    "The blue one, with the small ship. Collectors ask about that.",
  ],
  [
    "Did you own it from new?",
    "No, from a flea market in {year} plus ten or so, in exchange for a toaster.",
  ],
  [
    "Should I be worried about the sleeve, {sleeve}?",
    "No, it looks worse in letters than on the shelf.",
  ],
  ["Is it long?", "38 minutes. Just right for a bath or one load of dishes."],
];

export const offers: readonly string[] = [
  "Would you take {offer} for “{title}”?",
  "{offer} euros and I stop asking questions.",
  "Could you do {offer}?",
  "I would give you {offer} for it.",
  "Let me try my luck: {offer}?",
  "With that in mind, {offer} euros?",
  "{offer}, and I take it with the next pile.",
  "My honest offer is {offer}.",
  "How does {offer} sound to you?",
  "I had {offer} in my head for the {artist}.",
  "{offer}? I have to keep some for the electricity that the player needs.",
  "If you say {offer}, I say yes.",
  "Shall we say {offer} for that one?",
  "I counted my coins: {offer}.",
  "Would {offer} insult “{title}”?",
  "{offer} in cash, in small notes, with a smile.",
];

export const acceptances: readonly string[] = [
  "{offer} is fine. I put “{title}” aside for you.",
  "Done, {offer}. It goes onto your pile.",
  "Agreed: {artist} for {offer}.",
  "Yes. For you {offer}, and don't tell the other collectors.",
  "{offer}, gladly. It goes to a good shelf.",
  "All right, {offer}. I have put a note with your name on “{title}”.",
  "You know that I can't say no at {offer}. Sold.",
  "{offer} it is. The crate is getting lighter and so am I.",
  "Fine by me: {offer} for the {artist}.",
  "Taken! {offer}, wrapped in a fresh inner sleeve.",
  "{offer}, because you asked about the music first and then about the price.",
  "Okay, {offer}. “{title}” waits beside the door.",
];

export const counters: readonly string[] = [
  "A little low for a {media}. {counter}?",
  "I could do {counter}, the sleeve alone is worth the walk.",
  "Let's meet at {counter}.",
  "{counter}, and I add a new outer sleeve.",
  "For “{title}” I would like {counter}, it is not easy to find like this.",
  "Make it {counter} and I play you {track} when you come.",
  "{counter} is the least, I paid nearly that myself.",
  "Hmm. {counter}, and I throw in one from the one-euro crate.",
  "I was thinking of {price}, so {counter} is already a smile.",
  "{counter}? The {label} ones hold their price, sadly for both of us.",
  "Between friends of {genre}: {counter}.",
  "{counter}, final answer, said the cat.",
];

export const counterAgreed: readonly string[] = [
  "{counter} is fair. I take “{title}”.",
  "All right, {counter}!",
  "Deal at {counter} 🤝",
  "{counter}, agreed. Please put the {artist} aside.",
  "You win. {counter}.",
  "Good, {counter}. I could not have slept without it.",
  "Yes to {counter}, and yes to the extra.",
  "{counter} then. My shelf says thank you.",
  "Fine, {counter}, onto the pile with it.",
  "I can live with {counter}. Can you?\nGood. Then it is mine.",
  "{counter}. I blame the cover.",
  "Okay! {counter} for “{title}”, before I get sensible.",
];

export const counterRefused: readonly string[] = [
  "{counter} is more than I want to spend on {genre} this month. I let “{title}” go.",
  "I understand, but at {counter} I have to pass. Next time!",
  "Not this month, I am afraid. {counter} would be the heating.",
  "Then I leave the {artist} to somebody who loves them more.",
  "Let me think about {counter} for a while. Don't keep it for me.",
  "My limit was {offer}, so no hard feelings. Something else will come.",
  "{counter} makes me hesitate, and when I hesitate I should not buy.",
];

export const refusedReplies: readonly string[] = [
  "No problem. “{title}” is not in a hurry.",
  "That's fine, it stays here with me and keeps the {genre} section company.",
  "Understood. Tell me if it follows you into your dreams.",
  "Quite all right! I would rather you bought what you really want.",
  "Fair enough. I will ask you again in spring.",
  "Of course. The {artist} and I will have some tea together.",
];

export const alreadySold: readonly string[] = [
  "Sorry, “{title}” went yesterday, to a man with a very large bag.",
  "You are a day late: the {artist} is gone.",
  "Ah, no. I sold “{title}” at the weekend and forgot to cross it out.",
  "Gone, I am afraid. A teacher bought it for her class, which made it easier.",
  "I gave “{title}” to my sister for her birthday. I should have asked you first!",
  "That one is promised. If the person does not come by Sunday I tell you.",
];

export const tooLateReplies: readonly string[] = [
  "Oh no. Well, I hope “{title}” has a good life there.",
  "What a pity! Serves me right for thinking it over.",
  "I knew it. Please keep your eyes open for another copy.",
  "Then the universe wants me to save {price} euros.",
  "Sad, but it opens a gap on the shelf for another one.",
  "Never mind. Is there anything else by {artist}?",
];

export const lookouts: readonly string[] = [
  "I look through the boxes in the cellar, there may be a second copy.",
  "Will do. A friend sells off his {genre} next month, I ask him.",
  "Nothing at the moment. I write your name beside {artist} in my notebook.",
  "There is one without a sleeve, but you deserve better.",
  "I know a shop that had two. I ask them when I pass.",
  "My uncle has one. He will not sell it, but he may get old.",
];

export const buyerThanks: readonly string[] = [
  "Lovely, thank you!",
  "You make this too easy.",
  "Great, thanks 🎶",
  "My shelf and I thank you.",
  "Wonderful. That makes my day.",
  "Thank you, as always.",
  "🙌",
  "Super, thanks a lot!",
  "Can't wait to hear it.",
  "I am already making room.",
  "Perfect!",
  "You are a treasure.",
  "Hooray 🎉",
  "That was quick, thank you.",
  "Then it is settled.",
  "Happy me!",
  "Thanks, I owe you a coffee.",
  "Yes!! 🖤",
  "What a find.",
  "I'll tell the neighbour to brace himself.",
  "Merci!",
  "Noted, and thank you.",
  "So good.",
  "I am grinning at my phone.",
];

export const sellerSignOffs: readonly string[] = [
  "You're welcome.",
  "Always a pleasure.",
  "It is in good hands.",
  "👍",
  "Enjoy the evening with it!",
  "With pleasure.",
  "I am glad that it goes to you.",
  "Say hello to the neighbour.",
  "😊",
  "My pleasure, really.",
  "The crate thanks you too.",
  "Sure thing.",
  "Good choice, by the way.",
  "It will be wrapped like an egg.",
  "See you soon, then.",
  "I'll write it into the notebook.",
  "Until next time 🎵",
  "The cat nods.",
  "Anytime.",
  "One less to carry when I move 😄",
];

/** Talk about a record that the buyer has at home. Slots as for the other phrases about a record. */

/** What the buyer says of a record and what the seller says to that. */
export const verdicts: readonly (readonly [buyer: string, seller: string])[] = [
  [
    "“{title}” has been on three times today. You were right about {track}.",
    "I am glad. Three times is the medical dose.",
  ],
  [
    "I listened to {artist} with the lights off. What a record.",
    "In the dark it is a different record. I told nobody, so that you could find out.",
  ],
  [
    "Report on “{title}”: side A is good, side B is better, the neighbour agrees through the wall.",
    "The neighbour should get a share of it.",
  ],
  [
    "I did not get “{title}” at first. At the third attempt it opened like a door.",
    "With me it took four. And then it stayed open.",
  ],
  [
    "My mother heard “{title}” and danced with the broom.",
    "Then it has reached its purpose. The broom must be proud.",
  ],
  [
    "I have to confess that “{title}” and I are not friends yet.",
    "Give it another week. It grows in the dark.",
  ],
  [
    "{artist}! Why does nobody talk about them?",
    "My uncle used to say that they were too shy to be famous.",
  ],
  [
    "“{title}” makes washing up take twice as long, because I stop all the time.",
    "You have the cleanest plates of all my customers.",
  ],
  [
    "Sunday morning with {artist}: highly recommended.",
    "With rolls? It is much better with rolls.",
  ],
  [
    "You graded “{title}” {media}, I would have said better.",
    "I always grade on a bad day, so that you have a good one.",
  ],
  [
    "My daughter sings {track} of “{title}” with her own words. It is about noodles.",
    "I would buy that record.",
  ],
  [
    "I played “{title}” to a friend who only listens to techno. He asked for the title.",
    "We get them all in the end.",
  ],
  [
    "The crackle on “{title}” is so pretty that I thought it was the rain.",
    "That crackle was not mentioned in the price. A bonus.",
  ],
  ["“{title}” arrived in my week like a holiday.", "That is what it is for."],
  [
    "I fell asleep over “{title}”. I mean that as praise.",
    "Taken as praise. The last groove watches over you.",
  ],
  [
    "{track} on “{title}”: is that a musical saw?",
    "It is, as far as I know. Or a very patient bird.",
  ],
  [
    "I read the back of “{title}” like a novel. Who writes such things?",
    "The brother of the bass player, they say. He wrote nothing else.",
  ],
  [
    "For “{title}” I moved the armchair. It now stands where the sound meets.",
    "Put a cross on the floor. Every serious house has one.",
  ],
  [
    "I had guests. We talked through side A of “{title}” and were silent for side B.",
    "As it should be. Side B has that effect on people.",
  ],
  [
    "The {genre} shelf is now officially full because of “{title}”.",
    "There are no full shelves, only shy ones.",
  ],
  [
    "“{title}” and a thunderstorm, at the same time. You should have been here.",
    "I had the same storm, with the wrong record.",
  ],
  [
    "I am in love with the bass player of “{title}”, whoever that is.",
    "You are not the first. The sleeve names three, so choose.",
  ],
  [
    "It took me a week, but I now understand the cover of “{title}”.",
    "Then please explain it to me. I have had it for thirty years.",
  ],
  [
    "Question from my kitchen: why does “{title}” end so suddenly?",
    "I think that the tape ran out. They left it in because it was true.",
  ],
  [
    "{artist} on headphones is a different band.",
    "There is a second guitar, isn't there? On speakers it hides.",
  ],
  [
    "I played “{title}” at the wrong speed for a whole side and liked it.",
    "My cousin did that for two years.",
  ],
  [
    "The sleeve of “{title}” hangs in the hall now. The record I play anyway.",
    "Then it looks after the coats. A good post.",
  ],
  [
    "“{title}” is the first one that I would not sell again.",
    "Welcome. That is how it started with my uncle.",
  ],
  [
    "I hummed {track} at the checkout and the man behind me joined in. “{title}”, of all things.",
    "There must be a dozen of us in this town.",
  ],
  [
    "“{title}” is better on the second floor of my opinion than on the first.",
    "Wait for the attic.",
  ],
  [
    "Tonight I compared “{title}” with the other one by {artist}. Yours wins.",
    "I have always thought so, but I am biased by the cover.",
  ],
  [
    "Is it allowed to like only {track} and nothing else on “{title}”?",
    "It is allowed. One good song is more than most people leave behind.",
  ],
  [
    "I have played “{title}” to the plant. It has a new leaf.",
    "I take no responsibility for side B, it may climb.",
  ],
  [
    "“{title}” made the soup burn. I want you to know that.",
    "The soup was a sacrifice. {label} would be touched.",
  ],
  [
    "My brother says that {artist} are overrated. We are not speaking today.",
    "Play him {track} tomorrow, without a word.",
  ],
  [
    "I was ironing to “{title}”. I ran out of shirts before side B.",
    "Iron the towels. It is worth it.",
  ],
  [
    "There is a voice at the very end of “{title}”. What does it say?",
    "“Is it still on?” It was still on.",
  ],
  [
    "“{title}” on a grey afternoon is like a lamp.",
    "That is the nicest thing that anybody has said about {genre}.",
  ],
  [
    "I let {artist} play while I drew a map. The river has come out very wavy.",
    "The hikers will thank you for it.",
  ],
  [
    "I think {track} on “{title}” is about a divorce. Or about a boat.",
    "About a boat, but she got it in the divorce.",
  ],
  [
    "First listen of “{title}”: confused. Second: confused and happy.",
    "The confusion goes at the fifth. I miss it.",
  ],
  ["We danced to “{title}” until the lamp swung.", "Tell the people below that it was {year}."],
  [
    "I cleaned “{title}” as you taught me, with the yoghurt lid. It sounds like new.",
    "I have never been so proud of a yoghurt.",
  ],
  [
    "My aunt has the same “{title}”, with a dedication. She would not say from whom.",
    "Don't ask. It is all in {track}.",
  ],
  [
    "The radio played something and I said: that is {artist}. I was right!",
    "From now on you are an expert, it is a burden.",
  ],
  ["“{title}” is too short.", "Turn it over. And then over again."],
  [
    "I gave “{title}” a second chance after your message and now I hear what you mean.",
    "I knew it. Records and people need two evenings.",
  ],
  [
    "Do you remember the whistle in {track}, “{title}”? My daughter can do it now.",
    "I am sorry for your mornings.",
  ],
  [
    "I wrote the date on the inner sleeve of “{title}”, in pencil, like your uncle.",
    "Then it is properly yours.",
  ],
  [
    "A friend wants to buy “{title}” from me for twice the price. No chance.",
    "So they learn. Next month he will ask again.",
  ],
  ["Rain, tea, “{title}”. There is nothing to add.", "Biscuits."],
  [
    "{artist} suit the evening better than the morning. I have tested both.",
    "Have you tried at four? At four they are unbeatable.",
  ],
  [
    "I took “{title}” to my father. He was quiet for a whole side and then said “well”.",
    "From a father that is a standing ovation.",
  ],
  [
    "Something rattles in {track} on “{title}”. On the record or in my cupboard?",
    "In your cupboard. I looked for it in mine for a year.",
  ],
  [
    "The woman from the amplifier wants to know where I got “{title}”. May I tell?",
    "You may. Tell her that there is cake in it for both of you.",
  ],
  [
    "I have found my song for the summer: {track}, “{title}”.",
    "It was mine in a summer long ago. Treat it well.",
  ],
];

export const verdictFollowUps: readonly (readonly [buyer: string, seller: string])[] = [
  [
    "Is there anything else that sounds like it?",
    "From my crates, maybe the other {genre} ones with a {label} label. I make you a little list.",
  ],
  [
    "What did they do after {year}?",
    "One more record, then a dance school. So it is written on the back of the next one.",
  ],
  ["Which one would you listen to next?", "Something quiet. After “{title}” one should not shout."],
  [
    "Did you ever see them live?",
    "No, but my uncle did, in a tent. It rained in and they played on.",
  ],
  ["Does it have a sister record?", "In a way: same studio, same year, other hats."],
  [
    "Who took the picture on the cover?",
    "Nobody knows. The dog in it belonged to the studio, that much is certain.",
  ],
  [
    "Shall I clean it again?",
    "If you hear more than a tick, yes. Otherwise leave it, it is happy.",
  ],
  [
    "May I lend it to the neighbour?",
    "It is yours. But write it down, records have a way of moving out.",
  ],
  [
    "How many of these were pressed?",
    "A few hundred, I guess. Enough for a small town with good taste.",
  ],
  ["Is it true that side B was recorded in one take?", "The sleeve says so. My ears say two."],
  ["Should I play it loud or quietly?", "Loud enough that you can't hear the dishwasher."],
  ["Do you miss it?", "A bit. But I have the song in my head for free."],
  ["What would your uncle have played after it?", "A waltz, to air the room."],
  ["Is there a book about {artist}?", "A thin one, with many pictures of vans."],
  [
    "Could I find the sheet music somewhere?",
    "The library had it once. Look under “miscellaneous, cheerful”.",
  ],
  ["And what about their early things?", "Rougher. As if they had recorded with gloves on."],
  [
    "Who is the “Ilse” that they thank on the back?",
    "The studio cook, I am told. She thanks nobody.",
  ],
  ["Do you have anything else on {label}?", "A handful. They only ever made about forty."],
  ["Which side do you prefer?", "The one that is not on."],
  ["Why did they split up?", "They did not. They only stopped telling people."],
  ["Would it survive a party?", "It would, but would the party?"],
  ["What did it cost when it was new?", "Two weeks of pocket money, as far as I remember."],
  [
    "Is it just me or is it a bit out of tune?",
    "They all are, in the same direction. That is called style.",
  ],
  ["Shall I get a better needle for it?", "Later. First get a better chair."],
  ["Did other people like it in {year}?", "A few. They wrote to each other."],
  [
    "Can one still get the second volume?",
    "There never was one. They called it “first” out of optimism.",
  ],
  ["What do you hear at the end, a train?", "The tram in front of the studio. They waited for it."],
  ["Would you have kept it if I had not asked?", "Until the next nice person asked."],
  [
    "Is there a song on it that you skip?",
    "Never. One does not leave in the middle of a conversation.",
  ],
  ["Should I be writing these things down?", "Yes, on the inner sleeve, in pencil."],
];

export const genreQuestions: readonly string[] = [
  "What do you still have in {genre}?",
  "Which {genre} would you play to somebody who says that they hate it?",
  "Three {genre} records for a long winter, what would they be?",
  "Payday! Let us talk about {genre}.",
  "I am in a {genre} mood. What is in the crate?",
  "Could you recommend me some {genre} for the evening?",
  "My {genre} section looks lonely. Any ideas?",
  "A birthday is coming, a {genre} person. What would you choose?",
  "If I had thirty euros for {genre}, what would you put in my bag?",
];

export const genreAnswers: readonly string[] = [
  "Let me see. These are the ones I would keep myself:",
  "I went through the {genre} crate for you:",
  "With pleasure. In order of how often I played them:",
  "Three come to mind:",
  "You ask at the right moment, I have just sorted them:",
  "Here is a small menu:",
];

export const genreChoices: readonly string[] = [
  "The first and the last one sound like me.",
  "The middle one is too sensible for me. The other two, please.",
  "First and third. I have the second in my dreams already.",
  "My father would say the first, I say the third, so both.",
  "One and three, please. Two another time.",
  "“{title}”, without a doubt, and the third.",
  "I close my eyes and point: first and third.",
  "I take the first. And the last, because of the title.",
  "Number one, and number three for the cover.",
  "The one by {artist} certainly. And the last one.",
  "I can't decide, so the two outer ones.",
];

export const genreBundles: readonly string[] = [
  "Both together {offer}, because they like each other.",
  "For the pair {offer}, and I carry them to the tram.",
  "One and three? {offer}. They have shared a crate for years.",
  "{offer} for the two.",
  "As a pair I make it {offer}.",
  "Then {offer} for both, and the middle one may wait.",
  "Good taste. {offer} together.",
];

export const genreDeals: readonly string[] = [
  "{offer} for both, yes please.",
  "Wonderful, {offer}. Tell the middle one that I am sorry.",
  "{offer}, and my evening is saved.",
  "Agreed, onto the pile with them.",
  "{offer} it is!",
  "Yes! Please reserve them.",
  "Sold to the lady with the small flat.",
  "Done. {offer}. I will hear them in that order.",
];

/**
 * What is said when a pile changes hands. Slots: {count} records, {total} euros, {place}, {time},
 * {first} and {last} titles of the pile.
 */

export const pileQuestions: readonly string[] = [
  "How large is my pile by now?",
  "What do I owe you so far? I have lost count.",
  "I think that it is time to collect. What is on the pile?",
  "My wallet wants to know where we stand.",
  "Shall we do a handover? How many are there?",
  "Before I buy more: what waits for me at your place?",
  "Could you add up what we have agreed?",
  "Is the pile still standing or already leaning?",
];

export const pileAnswers: readonly string[] = [
  "{count} records, from “{first}” to “{last}”: {total} euros.",
  "I have a note here: {count} pieces, {total} euros together.",
  "The pile has {count} storeys and costs {total}. At the top lies “{last}”.",
  "“{first}”, “{last}” and what is between them: {count} in all, {total} euros.",
  "{count} of them. {total} euros, I have checked it twice.",
  "{total} for {count}. It is a very good-looking pile.",
  "We are at {count} records and {total} euros, “{first}” being the oldest debt.",
  "Let me count... {count}. That makes {total} euros.",
];

export const places: readonly string[] = [
  "the fountain in front of the library",
  "the café at the botanical garden",
  "the flea market, by the lamp stall",
  "the tram stop at the bridge",
  "the record shop with the red door",
  "the bakery on the corner",
  "the music pavilion in the park",
  "the steps of the swimming pool",
  "the market hall, by the tea stand",
  "the bookshop that smells of dust",
  "the kiosk at the station",
  "the bench under the chestnut tree",
  "the foyer of the cinema",
  "the courtyard with the bicycles",
];

export const times: readonly string[] = [
  "17:00",
  "17:30",
  "18:00",
  "18:15",
  "half past four",
  "noon",
  "11:00",
  "five o'clock",
  "16:45",
  "ten in the morning",
];

export const meetingProposals: readonly string[] = [
  "Tomorrow at {time}, {place}?",
  "Could you make it to {place} tomorrow, around {time}?",
  "I am near {place} tomorrow. {time}?",
  "What about tomorrow, {time}, at {place}?",
  "{place}, tomorrow, {time}: would that suit you?",
  "I have an hour tomorrow from {time}. We could meet at {place}.",
  "Let's say tomorrow, {time}. {place} is on my way home.",
];

export const meetingAnswers: readonly string[] = [
  "Suits me. I bring the big bag.",
  "{time} is good. I will be the one with the square luggage.",
  "Yes. If it rains I wait inside.",
  "Works. I come by bike, so the records travel first class on the rack.",
  "Perfect, I have to return something nearby anyway.",
  "Good. Make it five minutes later and I bring coffee.",
  "I'll be there at {time}.",
  "Yes, unless the cat hides my keys again.",
];

export const onTheWay: readonly string[] = [
  "I am five minutes late, the tram stands still",
  "Here, by the entrance",
  "On my way!",
  "Leaving now",
  "I can see you, turn around 😄",
  "Is it the left or the right side?",
  "Ten minutes, sorry!",
  "I am here, no hurry",
  "Parked. Coming.",
  "Standing under the big sign",
  "It pours. I hide in the doorway.",
  "Almost there",
];

export const onTheWayAnswers: readonly string[] = [
  "No stress",
  "I see you",
  "👋",
  "Take your time, I have the newspaper.",
  "Right side, blue scarf.",
  "Coming over",
  "I have ordered for you too.",
  "All good, I am early for once.",
  "Two minutes!",
  "Found you",
  "Waving!",
  "The bag is dry, that counts.",
];

export const afterMeeting: readonly string[] = [
  "Thank you for today! All {count} are home and dry.",
  "That was a nice chat. “{first}” is already turning.",
  "Safely home. My arms are longer than before.",
  "Thanks for the coffee, and for letting me hear “{last}” in the shop.",
  "They stand in the shelf and I stand in front of it.",
  "I looked through them on the tram and missed my stop.",
  "Thank you! The outer sleeves are a lovely touch.",
  "Unpacked all of it on the carpet. {count} covers, it looks like a museum.",
];

export const afterMeetingAnswers: readonly string[] = [
  "Thanks to you, and for the exact change!",
  "It was a pleasure. My hall looks empty, I like it.",
  "Good! Tell me what you think of “{last}”.",
  "{total} euros go straight into the repair of my bike.",
  "You found the right home for them.",
  "Next time the coffee is on you, then 🙂",
  "That is how it should be. Let them rest standing up, not lying down.",
  "I am curious which one you play most.",
];

export const parcelRequests: readonly string[] = [
  "I cannot get away this week. Could you send the pile?",
  "I have a cold and should not meet anybody. Would you post them?",
  "My daughter is ill, so no trips for me. Is shipping possible?",
  "I am at my parents' until next week. Could you ship to their place?",
  "Would a parcel be all right this time? The {count} of them?",
  "Work has eaten my calendar. Could the post do it for us?",
];

export const parcelAnswers: readonly string[] = [
  "Of course. {count} records go as one parcel, 6 euros. I pack them outside of their sleeves so that no seam splits.",
  "Gladly. Get well soon! With postage it is {total} and 6.",
  "No problem. I have proper record mailers, with stiffeners on both sides.",
  "Yes. Insured, 6 euros for the lot. The address is in your order, isn't it?",
  "I can bring it to the post office tomorrow. {total} plus 6.",
];

export const parcelConfirmations: readonly string[] = [
  "Yes, the address in the order is right. Paid just now.",
  "Perfect. The money is on its way.",
  "Good, {total} plus 6, done.",
  "I have paid. Thank you for the trouble!",
  "Right address, and the neighbour takes parcels too.",
];

export const parcelSent: readonly string[] = [
  "On its way: https://example.com/track/vinyl-{code}",
  "Handed in at the counter. The lady asked what is in it and now she wants the list too. https://example.com/track/vinyl-{code}",
  "Sent. You can watch it crawl: https://example.com/track/vinyl-{code}",
  "The parcel has left: https://example.com/track/vinyl-{code}\nPlease open it with a dull knife.",
  "Dropped off ten minutes before closing. https://example.com/track/vinyl-{code}",
];

export const parcelArrived: readonly string[] = [
  "It came! Not a corner bent. “{first}” was on the plate before the kettle boiled.",
  "Parcel is here, all {count} well. You pack like a museum.",
  "Arrived, thank you! My daughter keeps the box, it is a spaceship now.",
  "The postman carried it with both hands. Everything is fine!",
  "All {count} arrived safely. I was a little late to open it, sorry.",
];

export const parcelReplies: readonly string[] = [
  "What a relief. I always worry until I hear from you.",
  "Very good! The mailers may come back to me when we meet, I use them again.",
  "Perfect. Enjoy “{last}”.",
  "That is how I like the post.",
  "Glad to hear it. Everything paid, everything delivered ✔️",
];

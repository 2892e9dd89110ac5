import { between, dealer, type Random } from "./random";

export type VinylRecord = {
  title: string;
  artist: string;
  genre: string;
  year: number;
  label: string;
  country: string;
  mediaGrade: string;
  sleeveGrade: string;
  flaw: string;
  track: string;
  /** Whole euros. */
  price: number;
};

/** Bands and labels are invented. */
const artists: readonly (readonly [name: string, genre: string])[] = [
  ["Harbour Lights Quartet", "jazz"],
  ["The Velvet Ferrymen", "soul"],
  ["Norrland Tapes", "new wave"],
  ["Salt & Cedar", "folk"],
  ["Orchestre du Pont Bleu", "jazz"],
  ["Los Faroles del Puerto", "latin"],
  ["Glass Antelope", "prog"],
  ["The Ninth Tram", "new wave"],
  ["Kupferdach", "prog"],
  ["Sister Almanac", "folk"],
  ["The Slow Cartographers", "prog"],
  ["Radio Baltika 5", "new wave"],
  ["Cobalt Heron", "soul"],
  ["The Lamplighter Five", "jazz"],
  ["Tannhof Trio", "jazz"],
  ["Moth and Lantern", "folk"],
  ["The Borrowed Bicycles", "new wave"],
  ["Estuary Parade", "folk"],
  ["Caravan Post Office", "prog"],
  ["The Tin Cathedral", "prog"],
  ["Bluebird Committee", "soul"],
  ["Marmalade Theory", "soul"],
  ["Los Relojes Tardíos", "latin"],
  ["Nachtbus 19", "new wave"],
  ["The Understudy Choir", "folk"],
  ["Sundial Sisters", "soul"],
  ["The Apricot Set", "latin"],
  ["Hotel Meridian Orchestra", "latin"],
  ["The Long Divisors", "new wave"],
  ["Grand Central Pigeons", "jazz"],
  ["Ivory Elevator", "soul"],
  ["Les Parapluies Verts", "jazz"],
  ["Kettle and Crow", "folk"],
  ["Opal Street Band", "soul"],
  ["The Paper Submarine", "prog"],
  ["Conjunto Luna Llena", "latin"],
];

const titles: readonly string[] = [
  "Songs for a Flooded Piano",
  "The Last Ferry but One",
  "Copper Weather",
  "A Drawer Full of Maps",
  "Midnight at the Bakery",
  "Everything but the Rain",
  "The Lighthouse Letters",
  "Slow Train, Soft Seats",
  "Under the Yellow Awning",
  "Seven Doors Down",
  "The Gardener's Alibi",
  "Telegrams to the Moon",
  "Borrowed Summer",
  "Half a Bridge",
  "Notes from the Cloakroom",
  "The Quiet Elevator",
  "Bread and Electricity",
  "An Orchard in the Attic",
  "Where the Tram Turns",
  "Paper Boats",
  "The Polite Thunderstorm",
  "Velvet Side Out",
  "Postcards We Never Sent",
  "The Clockmaker's Daughter Dances",
  "North of the Kitchen",
  "Room for One More",
  "Low Tide Serenade",
  "The Museum Is Closed",
  "Handwriting",
  "A Short Walk Home",
  "Blue Hour, Green Door",
  "The Invention of Sunday",
  "Ghosts Prefer the Tram",
  "Honey in the Fuse Box",
  "The Second Umbrella",
  "Leave the Hall Light On",
  "Sixteen Kinds of Snow",
  "Mosaic for Two Trumpets",
  "The Pigeon Economy",
  "Every Other Tuesday",
  "Salt on the Windowsill",
  "A Map of the Ceiling",
  "Radio Silence, Radio Noise",
  "The Beekeeper's Holiday",
  "Corduroy Skies",
  "Long Way to the Corner",
  "The Unfinished Staircase",
  "Marzipan and Dynamite",
  "Good Evening, Platform Nine",
  "The Small Hours Club",
  "Windfall",
  "Letters in the Piano Stool",
  "The Weather on the Radio",
  "An Honest Carousel",
  "Lanterns for the Accountant",
  "Nobody Waltzes Alone",
  "The Third Harbour",
  "Apples on the Roof",
  "Concrete Lullaby",
  "What the Cat Heard",
  "The Delayed Departure",
  "Silver Spoons and Sirens",
  "A Hundred Wet Umbrellas",
  "The Neighbour's Trombone",
  "Late Bloomers",
  "Under Construction",
  "The Night Swimmer",
  "Two Cups, No Saucers",
  "Far from the Fountain",
  "The Glass Harmonica Affair",
  "Cinnamon Street",
  "The Modest Volcano",
  "Between Two Kettles",
  "All the Clocks Agree",
  "The Inland Lighthouse",
  "Wool and Wire",
  "Dancing with the Landlord",
  "The Cardboard Orchestra",
  "Eleven Short Storms",
  "The Farewell Rehearsal",
  "Nightshift in Paradise",
  "A Suitcase of Leaves",
  "The Second Violin Speaks",
  "Fog over the Car Park",
  "The Generous Winter",
  "Hats for a Warm Climate",
  "Ink and Oranges",
  "The Provincial Astronaut",
  "On the Wrong Side of the River",
  "Tea with the Conductor",
  "The Sleepwalker's Timetable",
  "Rust and Roses",
  "The Echo Factory",
  "Simple Machines",
  "A Room above the Cinema",
  "The Patient Tide",
  "Lemon Trees in October",
  "The Upstairs People",
  "Bicycles against the Wall",
  "The Last Dry Match",
  "Live at the Winter Garden",
  "Live at the Old Brewery",
  "Live in the Swimming Hall",
  "Live at the Corn Exchange",
  "Live under the Viaduct",
  "Live at the Station Buffet",
  "Evenings, Volume One",
  "Evenings, Volume Two",
  "The Rooftop Sessions",
  "The Kitchen Sessions",
  "Early Singles",
  "Odds and Evens",
];

const labels: readonly string[] = [
  "Quayside",
  "Blue Kettle",
  "Halbton",
  "Grammofonia",
  "Tramline",
  "Ochre",
  "Vesper",
  "Nordlicht",
  "Sextant",
  "Disques Lilas",
  "Parlour",
  "Meridiano",
];

const countries: readonly string[] = [
  "German",
  "UK",
  "French",
  "Dutch",
  "Italian",
  "Swedish",
  "US",
  "Spanish",
  "Japanese",
  "Czech",
];

const flaws: readonly string[] = [
  "a hairline on side B that you see under a lamp and do not hear",
  "a few soft ticks in the run-in of side A",
  "a name in pencil on the label",
  "a corner of the sleeve that somebody sat on",
  "a split of three centimetres along the bottom seam",
  "a price sticker that I did not dare to peel off",
  "ring wear on the back, none on the front",
  "one pop in the second song, once, and then it is over",
  "a coffee ring on the inner sleeve",
  "a slight warp that the needle does not mind",
  "some crackle between the songs, never in them",
  "a library stamp on the back",
  "the lyric sheet folded the wrong way",
  "a generic inner sleeve instead of the printed one",
  "yellowed edges, as if it had lived beside a window",
  "a small tear at the opening, taped long ago",
  "nothing at all, which is rare in that crate",
  "a faint smell of attic that goes away in a week",
];

const tracks: readonly string[] = [
  "the opener",
  "the second song on side A",
  "the third song on side A",
  "the long one that ends side A",
  "the first song on side B",
  "the slow one on side B",
  "the instrumental on side B",
  "the very last song",
];

const grades: readonly string[] = ["VG", "VG+", "VG+", "VG++", "NM", "EX", "EX-"];

/** One record for each title, in an order that the seed decides. */
export function makeRecords(random: Random): VinylRecord[] {
  const artist = dealer(random, artists);
  const title = dealer(random, titles);
  const label = dealer(random, labels);
  const country = dealer(random, countries);
  const flaw = dealer(random, flaws);
  const track = dealer(random, tracks);
  const grade = dealer(random, grades);
  return titles.map(() => {
    const [name, genre] = artist();
    return {
      title: title(),
      artist: name,
      genre,
      year: between(random, 1961, 1994),
      label: label(),
      country: country(),
      mediaGrade: grade(),
      sleeveGrade: grade(),
      flaw: flaw(),
      track: track(),
      price: between(random, 9, 34),
    };
  });
}

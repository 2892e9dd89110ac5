import type { Strength } from "../../filters";

/** Words that degrade people for what they are. How words and phrases are read: lists/profanity.ts. */
export const slurWords: Record<Strength, string> = {
  low: `
    nigger niggers nigga niggas faggot faggots faggy kike kikes wetback wetbacks raghead ragheads
    towelhead towelheads sandnigger beaner beaners gooks chingchong trannies shemale shemales
    jigaboo porchmonkey zipperhead darkie darkies golliwog pikey pikeys wogs neger negern kanake
    kanaken kanacke kanacken schlitzauge schlitzaugen judensau judenschwein drecksjude
    drecksjuden saujude saujuden judenpack untermensch untermenschen schwuchtel schwuchteln
    kummelturke kummelturken dreckstürke drecksturken scheissturke scheissturken scheissauslander
    drecksauslander drecksneger scheissneger polacke polacken dreckspolacke itaker
    spaghettifresser kameltreiber kamelficker ziegenficker zigeunerpack dreckszigeuner
    scheisszigeuner scheissjude scheissjuden scheissmoslem scheissaraber mongoloider kampflesbe
    bougnoule bougnoules bougnoul youpin youpins youpine youtre youtres chinetoque chinetoques
    niakoue niakoues niakwe crouille tarlouze tarlouzes tafiole tafioles tantouze tantouzes
    negresse gouine gouines maricon maricones mariconazo maricona marica maricas sudaca sudacas
    negrata negratas moromierda travelo travelos bollera bolleras bujarra judiada mongolo
    mongolica mongolico`,
  normal: `
    wog paki pakis spic spics gook yid yids bamboula bamboulas sarasa tranny`,
  high: `
    chink chinks coon coons fag fags dyke dykes retard retards gypsy gypsies zigeuner mongo
    tapette tapettes pd pede pedes negre negres guiri panchito panchitos bicot rital tortillera
    machupichu midget cripple krüppel tunte tunten mariquita homo spastic polak melon`,
};

export const slurPhrases: readonly string[] = [
  "l dirty|filthy|fucking|stinking|bloody|damn|stupid|goddamn .1 jew|jews|arab|arabs|muslim|muslims|gypsy|gypsies|immigrant|immigrants|foreigner|foreigners|paki|pakis|blacks|mexicans|indians|chink|chinks|homo|homos|fag|fags|dyke|dykes|queer|tranny|turk|turks|refugee|refugees|negro|coon|retard - jacket|food|shoes|shirt",
  "l gas .1 the .1 jews",
  "n go .0 back .2 to .1 your .1 country|africa|jungle|shithole",
  "n go .0 back .1 where .1 you .1 came|come",
  "n you|fucking|little|bloody .1 fag|chink|coon|homo|retard|dyke|tranny|spastic|pede - maine",
  "n you .1 are|re .2 fag|chink|coon|homo|dyke|tranny",
  "n you .1 people .1 are .3 animals|vermin|parasites|subhuman",
  "l dreckige|dreckiger|drecks|scheiss|verdammte|verdammter|verfluchte|stinkende|stinkender|dumme|dummer|elende|elender|kriminelle .1 jude|juden|turke|turken|auslander|zigeuner|neger|araber|moslem|moslems|kanake|kanaken|polen|russen|fluchtling|fluchtlinge|mongo|tunte|homo|schwule|schwuler|lesbe|kruppel|asylant|asylanten|rumane|rumanen|afrikaner|chinesen - jacke|hose|katze",
  "l juden .2 ins .1 gas|raus|vergasen",
  "l auslander .0 raus",
  "l vergasen|vergast .3 juden|alle|euch|dich",
  "n geh|geht|hau|verschwinde|zuruck .5 zuruck|hin|ab .4 wo .1 du|ihr|sie .2 herkommst|herkommt|hergekommen|herkommen",
  "n geh|geht|verpiss|verschwinde .2 zuruck|dich .2 in .1 dein|deine|dein .1 land|heimat|urwald|busch",
  "l sale|sales|gros|grosse|pauvre .1 arabe|arabes|juif|juifs|juive|negre|negres|negro|negros|gitan|gitans|gitane|rom|roms|musulman|musulmans|etranger|etrangers|pede|pedes|tapette|tapettes|pd|rebeu|rebeus|chinois|chinetoque|feuj|lesbienne|race|migrant|migrants|bicot|turc|turcs|rital|polak|africain|africaine - linge|tache",
  "n retourne|retournez|rentre|rentrez .1 dans .1 ton|votre .1 pays|bled|brousse",
  "n espece .1 de .1 pede|negre|tapette|pd|pedale|arabe|juif|gitan|mongol|negro|gouine|trisomique",
  "n tu|t .1 es .2 pede|tapette|pedale|pd - guidon",
  "n les .1 arabes|juifs|noirs|gitans|roms|musulmans .2 tous|dehors|voleurs",
  "l moro|moros|mora|negro|negra|negros|gitano|gitana|gitanos|judio|judios|chino|chinos|sudaca|sudacas|panchito|panchitos|rumano|rumanos|inmigrante|inmigrantes|extranjero|extranjeros|maricon|maricones|musulman|indio|indios|guiri|rojo|catalan .2 de .0 mierda|mierdas",
  "l puto|puta|putos|putas|maldito|maldita|asqueroso|asquerosa|jodido|pinche .1 moro|mora|moros|negro|negra|negros|gitano|gitana|gitanos|judio|judia|judios|chino|china|sudaca|panchito|maricon|marica|rumano|inmigrante|inmigrantes|extranjero|indio|india|bollera|tortillera|travelo|mongolo|retrasado|guiri - bolso|color|zapatos",
  "n vuelve|vuelvete|vete|volveos|largate .1 a .1 tu .1 pais|tierra|selva|africa|puto",
  "n eres|so .2 maricon|marica|mariquita|tortillera|mongolo|sarasa|bollera",
];

import type { Strength } from "../../filters";

/**
 * Words of German, French and Spanish, and of English what `obscenity` lacks. A word that means
 * something harmless in another of the four languages (Pute, bite, con, negro, retard) stands among the
 * phrases, with what makes it an insult.
 */
export const profaneWords: Record<Strength, string> = {
  low: `
    asshole assholes arsehole arseholes motherfucker motherfuckers motherfucking cocksucker
    cocksuckers dickhead dickheads shithead shitheads bullshit dipshit shitty fuckface fucktard
    clusterfuck   fuk fuking fukin phuck stfu gtfo  arschloch arschlocher arschlochs
    arschgeige arschgeigen arschficker arschgesicht hurensohn hurensohne hurensohns hurentochter
       fotze fotzen fotzn  gefickt  ficken  
    missgeburt missgeburten scheisse scheiss scheissdreck scheisser scheissen scheisskerl
    scheissteil scheissladen scheissverein drecksau drecksaue drecksack dreckskerl schlampe
    schlampen nutte nutten miststuck mistkerl kackbratze arschkriecher pissnelke pisser verpiss
    verpissen verfickt verfickte verfickter verficktes verfickten beschissen beschissene
    beschissener beschissenes beschissenen mutterficker motherfickr wixer wixxer wixxxer
    arschlosch arschl arschlo schwanzlutscher kotzbrocken hackfresse spacken spacko vollpfosten
    dreckstuck saftsack sackgesicht connard connards connarde connasse connasses enculer encule
    encules enculee enculees enculeur enculeurs salope salopes salaud salauds saloperie putain
    putains batard batards batarde niquer nique niques niqué  petasse petasses pouffiasse
    poufiasse couillon couillons merde merdes merdique emmerde emmerder emmerdes emmerdeur
    emmerdeuse branleur branleurs branlette enfoire enfoires enfoiree trouduc vtff filsdepute
    cassecouilles abruti abrutis abrutie mierda mierdas gilipollas gilipolla cabron cabrones
    cabrona cabronazo hijoputa hijueputa hijodeputa joputa putada putilla puton pendejo pendejos
    pendeja pendejas jodete joder jodido jodida jodidos jodanse jodas jodiendo cojones cojon 
     chingar chinga chingada chingado chingas chinguen malparido malparida malparidos
    pelotudo pelotudos pelotuda boludo boludos mamaguevo mamahuevo culero culeros culiado
    soplapollas tocapelotas comemierda comepollas lameculos  gonorrea caraculo caremonda
    follatelo`,
  normal: `
    bollocks wanker wankers twat twats douchebag douchebags jackass dumbass dumbasses fatass
    lardass asswipe asshat scumbag scumbags knobhead bellend dickwad cumbucket motherfuckin
    biatch biotch jerkoff cuntface kackvogel kackhaufen arsch arsche arschs wichsen flachwichser
    vollidiot vollidioten vollspast spast spasti schwachkopf schwachkopfe dummkopf vollhonk
    dummschwatzer dumpfbacke hirntot saukerl drecksloch mistvieh rotzloffel kackspecht arschig
    raclure chier couilles bolosse subnormal subnormales sinverguenza mamarracho`,
  high: `
    coño coños crap damn goddamn goddammit bloody bugger arse tosser prick pricks idiot idiots moron morons
    stupid dumb loser losers jerk jerks pissed screwed sucks suck bastard pussy tits boobs penis
    vagina dildo porn porno sexy slut mist verdammt verdammte verdammter verdammtes verflucht
    kacke depp deppen trottel idioten idiotisch blod blode bloder dumme dummer sau saudumm penner
    schnauze fresse drecks hirnlos bloedmann blodmann dussel titten cretin cretins idiote
    imbecile imbeciles debile debiles conne nul nulle bouffon ordure bordel clochard tocard
    gueule couille zut fichu chiant chiante stupide degueulasse nichons  fdp foutre guignol
    idiota idiotas imbecil tonto tonta bobo boba estupido estupida capullo capullos hostia carajo
    culo polla pollas verga mamon payaso zorra cretino desgraciado maldito maldita teta tetas
    baboso hdp`,
};

/** How a line is read: `readPhrase`. */
export const profanePhrases: readonly string[] = [
  // English
  // A village in Austria was called so.
  "l fucking - ort*|dorf|schild|osterreich|oberosterreich|austria|village|postcard|gemeinde|bier|hell",
  "l son .0 of .0 a .0 bitch",
  "l piss|pissed|fuck|bugger|sod .0 off - price",
  "l suck .1 my .1 dick|cock|balls",
  "l suck .0 a .0 dick|cock",
  "l kiss|lick .0 my .0 ass|arse",
  "l piece .0 of .0 shit|crap - metal",
  "l shut .1 the .1 fuck|hell .1 up",
  "l eat .0 shit",
  "l screw .0 you",
  "l go .0 to .0 hell",
  "l what .0 the .0 fuck|hell",
  "l you|u|your|ya .2 fucking|fuckin|stupid|dumb|bloody|pathetic|lying|filthy|worthless|dirty .2 idiot|moron|bitch|cow|loser|clown|pig|cunt|bastard|prick|dick|ass|liar|rat|scum|thief|imbecile|fool|animal|trash",
  "n you|u|youre|ya .1 are|re|r .3 idiot|moron|imbecile|loser|clown|scum|trash|pathetic|dickhead|prick|dick|fool|pig|jerk|stupid|dumbass|worthless|disgusting|retarded|braindead - not|price|deal",
  "n you .1 idiot|moron|imbecile|loser|scum|prick|dick|clown|jerk|pig|cunt|cow|retard - proof",
  "n what .0 an|a .1 idiot|moron|loser|prick|dick|jerk|cow",
  "n fucking|fuckin|bloody .1 idiot|moron|clown|joke|loser",
  "n shut .0 up$",
  "n dumb .1 bitch|cow|cunt|ass|idiot|fuck",
  "n up .0 yours$",
  "n shove .2 up .1 your",
  "n dick .0 head",
  "n ass .0 hole",
  "n bastard|bastards - file|files|sword|cut|operator|feile*|schwert|pain|loaf|hieb",
  "n cock .0 sucker",
  "n you .1 dick|cock|ass|tit|pussy$",
  "n screw|damn .0 you",
  // Deutsch
  "l wichser|wichsers|wichsern - herr|frau|familie|firma|schuh*",
  "l fick|fickt|ficken .1 dich|euch|deine|sie",
  "l leck|leckt|lecken .1 mich .4 arsch|fuß|a",
  "l leck .0 mich$",
  "l halt|haltet|halten .2 fresse|maul|schnauze|klappe|rand - pferd|hund|hundes",
  "l fresse|maul|klappe|schnauze .0 halten|jetzt$",
  "l du .0 sau|schwein|drecksau|hure|schlampe|nutte|sack|arsch|fotze|pute|kuh|ratte|bastard|dreckskerl|penner|mistvieh|aas|hund|lusche|wurst|null",
  "l du|ihr|sie .1 dumme|dummes|dummer|blode|blodes|bloder|verlogene|verlogenes|verlogener|miese|mieses|mieser|dreckige|dreckiges|dreckiger|fette|fettes|elende|elendes|elender|alte|altes|hassliche|kleine|kleiner|kleines .0 sau|schwein|sack|arsch|pute|kuh|ratte|bastard|penner|hund|ziege|gans|zicke|stuck|pissnelke|fotze|nutte|schlampe|hure|wichser - fell|milch|melk*|plusch*|suss*|verkauf*|hast|haben|habt",
  "l dumme|dummes|blode|blodes|verlogene|miese|mieses|dreckige|dreckiges|elende .0 sau|drecksau|hure|schlampe|nutte|fotze|schwein|kuh - milch|melk*|figur|plusch*",
  "n du|ihr|sie|ein|eine|so|bist|was|fur|sind|seid .3 vollidiot|vollidioten|vollpfosten|schwachkopf|vollhonk|flachzange|abschaum",
  "n du|ihr|sie .2 bist|sind|seid .3 idiot|idioten|depp|deppen|trottel|penner|spinner|dummkopf|honk|lappen|opfer|clown|hirni|loser|versager|spast|mongo|dreck|ratte - sicher*|nicht|kein|buch|roman|film|handy|fur",
  "n du .0 idiot|depp|trottel|penner|spinner|dummkopf|honk|lappen|opfer|clown|hirni|loser|versager|spast|mongo",
  "n ihr .0 idioten|deppen|trottel|penner|spinner|dummkopfe|opfer|loser|versager|spasten|mongos",
  "n so .1 ein|n .1 idiot|depp|trottel|arsch|penner|vollidiot",
  "h so .1 ein|eine|einen|n .1 mist|dreck|scheibenkleister|spinner",
  "n am .0 arsch",
  "n den .0 arsch",
  "n am .0 arsch .1 lecken",
  "n hau|zieh|geh|verzieh .1 ab .2 du|idiot|arsch*|sau|penner|depp",
  "n blod|blode|bloder|dumme|dummer|bescheuert|bescheuerte|bescheuerter|bekloppt|bekloppter|behindert|hasslich|hassliche .1 kuh|sau|gans|pute|zicke|idiot|sack|hund|ziege|trulla|nuss|schnepfe - milch|melk*|weide",
  "n bist .2 du .3 behindert|bescheuert|bekloppt|bled|dumm|blod|bloed|geisteskrank|hirntot|dumm",
  "n du .1 bist .3 dumm|blod|behindert|bescheuert|widerlich|erbarmlich|dummer - nicht|kein",
  "n so .1 was .0 von .1 dumm|blod|bescheuert|behindert|dummes",
  "n hurensohn|huso|hdf$",
  "n du .0 mich .0 auch$",
  "n steck .2 in .1 den .1 arsch",
  "n in .1 den .1 arsch .1 schieben|stecken",
  // Français
  "l fils|filles|fille .1 de .0 pute|putes|chien|chienne",
  "l ta|sa|vos .0 gueule|gueules - bois",
  "l ferme .1 ta|la .1 gueule|bouche$",
  "l fermez .1 la|vos|votre .0 gueule|gueules",
  "l ferme .0 la$",
  "l va|allez|aller|vas .2 te|vous .1 faire .1 foutre|enculer|mettre|cuire",
  "l faire .0 foutre",
  "l je .1 t|te|m .1 emmerde|encule|nique",
  "l espece .1 de .2 con|conne|cons|connard|salope|pute|merde|idiot|abruti|batard|cretin|salaud|debile|imbecile|gros|sale|ordure|porc|chien|clown|escroc|voleur",
  "l bande .0 de .1 cons|connards|putes|merde|merdes|abrutis|cretins|salopes|debiles|voleurs|idiots|batards|imbeciles|enfoires",
  "l gros|grosse|sale|pauvre|petit|petite|vieux|vieille .0 con|conne|pute|merde|batard|debile|cretin|abruti|imbecile|ordure|connard|salaud|salope - linge|chiot",
  "l gros|grosse|sale .0 porc|truie|vache|chienne - laitiere|peluche|elevage|figurine",
  "n quel|quelle .1 con|conne|connard|abruti|cretin|idiot|idiote|imbecile|ordure|pute|merde|salope - ville",
  "n t|tu|vous .1 es|etes .3 con|conne|cons|abruti|idiot|idiote|imbecile|cretin|cretine|debile|stupide|ordure|pute|bouffon|tocard|cinglee|mongol|minable|attarde|attardee|pourriture - pas|solido|livre",
  "n casse .1 toi|couilles",
  "n tu .1 me .1 casses|saoules .1 les|couilles$ - pieds",
  "n casse|casses|cassez .1 les .1 couilles",
  "n fais|faites|faire .2 chier",
  "n va|vas|allez .0 chier",
  "n suce|sucer|suces .2 ma|bite|queue|teub",
  "n trou .0 du .0 cul",
  "n mon .0 cul$",
  "n dans .1 le|ton|votre .0 cul",
  "n va .0 mourir|crever",
  "n fdp|vtff$",
  "n sac .0 a .0 merde",
  "n tete .0 de .0 noeud|con|gland|bite",
  "n degage|degagez .2 connard|conne|con|pauvre|abruti|sale",
  // Español
  "l hijo|hija|hijos .1 de .2 puta|puto|perra|putas|fruta|tu",
  "l hijo .0 de .0 la .0 gran .0 puta",
  "l puta|putas|puto|putos|putilla",
  "l vete|vayase|iros|vayanse|andate|anda|largate|idos .1 a .1 la .1 mierda|porra|chingada|verga",
  "l que .0 te .0 den|jodan|follen|folle",
  "l que .1 os .1 den|jodan|follen",
  "l por .0 el .0 culo",
  "l tomar .1 por .1 culo|saco",
  "l me .0 cago .2 en",
  "l chupa|chupame|chupamela|comeme|mamame|mamamela|comemela .2 la|polla|verga|pija|huevos - chups",
  "l la|mi .0 polla|verga|pija - gallina|corral",
  "l comes|comas|chupas .2 polla|mierda|verga",
  "l la .0 concha .1 de .1 tu",
  "l concha .0 de .0 tu .0 madre",
  "l tu .0 puta .0 madre",
  "n eres|sois|pareces|pedazo|menudo|menuda|maldito|maldita|puto|puta .3 gilipollas|imbecil|imbeciles|idiota|idiotas|subnormal|estupido|estupida|tonto|tonta|payaso|zorra|cerdo|cerda|basura|retrasado|retrasada|cretino|cretina|capullo|perra|inutil|mamon|mongolo|desgraciado|desgraciada|guarra|guarro|rata|mierda|cabron|bastardo|anormal|escoria|sinverguenza - no",
  "n es|usted|son|que|so|un|una .2 gilipollas|imbecil|imbeciles|subnormal|cabron|malnacido|sinverguenza|retrasado|retrasada - no",
  "n pedazo .1 de .2 mierda|idiota|imbecil|basura|animal|cabron|subnormal|inutil|burro|puta|estupido",
  "n cara .0 de .0 culo|mierda|polla|perra",
  "n callate|calla|cierra .2 boca|puta|imbecil|idiota|gilipollas|subnormal|coño",
  "n imbecil|idiota|estupido|estupida|gilipollas|capullo|imbeciles$ - prueba|test|dostoievski|libro|el|novela",
  "n la .0 hostia .1 que|puta",
  "n me .1 la .1 suda|pela|chupas|comes|sudas|sudan",
  "n pinche .1 pendejo|cabron|puto|puta|idiota|estupido|pendeja",
  "n malnacido|malnacida|malnacidos",
  "n vete .1 al .1 carajo|cuerno|infierno|diablo",
];

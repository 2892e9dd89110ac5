import { buyer, seller, stageChanged } from "../lines";
import type { DemoChat } from "../types";

export const german: readonly DemoChat[] = [
  {
    listingReference: "L-1012",
    buyerKey: "maximiliane",
    status: "open",
    lastActivityHoursBeforeNow: 19,
    unreadFor: { seller: 1 },
    lines: [
      buyer(
        0,
        `Sehr geehrter Herr V.,

mit großer Freude habe ich Ihren Esstisch aus Nussbaum entdeckt. Erlauben Sie mir, bevor ich mich entscheide, einige Fragen, die Ihnen vielleicht ausführlich vorkommen, die mir aber viele Enttäuschungen erspart haben:

1. Ist die Platte aus durchgehenden Lamellen verleimt, oder handelt es sich um ein Furnier auf einem Träger? Bei meinem letzten Kauf war von Massivholz die Rede, und nach dem ersten heißen Sommer hat sich die oberste Schicht an einer Ecke wie eine Buchseite gehoben.
2. Mit welchem Öl wurde der Tisch behandelt, und wann zuletzt? Ich vertrage den Geruch mancher Hartwachsöle leider nicht und müsste die Fläche in diesem Fall neu aufbauen.
3. Sie schreiben von einem hellen Ring. Ist er nur in der Oberfläche, oder fühlt man mit dem Fingernagel eine Kante?
4. Wie hoch ist die Unterkante der Zarge? Mein Großvater hat Armlehnstühle anfertigen lassen, deren Lehnen bei 66 cm liegen, und es wäre doch schade, wenn sie nicht darunter passten.
5. Lassen sich die Beine mit gewöhnlichem Werkzeug lösen, oder braucht man dazu etwas Besonderes?

Der Transport wäre von unserer Seite gut vorbereitet: Es kämen zwei kräftige Neffen, ein gepolsterter Anhänger und ausreichend Decken. Zeitlich sind wir ganz nach Ihnen gerichtet, nur der Dienstag ist durch die Chorprobe belegt.

Über den Preis möchte ich nicht feilschen, bevor ich den Tisch gesehen habe; das gehört sich meines Erachtens nicht. Sollte er halten, was Ihr Bild verspricht, werden wir uns gewiss einig.

Mit freundlichen Grüßen und den besten Wünschen für die Woche`,
      ),
      seller(
        185,
        `Guten Tag, und danke für so viel Sorgfalt!

1. Durchgehende Lamellen, 28 mm, kein Furnier.
2. Leinöl mit etwas Wachs, zuletzt im Mai. Riecht nach nichts mehr.
3. Nur in der Oberfläche, man fühlt nichts.
4. 64 cm. Das wird mit den Armlehnen leider knapp.
5. Ein 6er Inbus genügt.`,
      ),
      buyer(
        50,
        "Haben Sie vielen Dank. Die zwei Zentimeter sind bitter, aber der Tischler meines Vertrauens meint, man könne die Stühle unten kürzen.",
        { replyTo: 1 },
      ),
      seller(6, "Bitte kürzen Sie nicht die Stühle Ihres Großvaters für meinen Tisch 🙂"),
      buyer(
        9,
        "Sie haben natürlich recht. Vielleicht bekommt der Tisch vier Filzgleiter von Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzlicher Stärke.",
      ),
      seller(2, "Das ist das schönste Wort, das je jemand über meinen Tisch geschrieben hat."),
      buyer(14, "Dürften wir ihn uns am Donnerstag um 15 Uhr ansehen?"),
      seller(
        30,
        "Donnerstag passt. Fairerweise: Am Sonntag kommt jemand, der ihn wohl nehmen möchte. Donnerstag wäre also der richtige Tag.",
      ),
      buyer(4, "Dann am Donnerstag. Ich bringe Apfelkuchen mit, das lasse ich mir nicht nehmen."),
    ],
  },
  {
    listingReference: "L-1015",
    buyerKey: "anneliese",
    status: "open",
    lastActivityHoursBeforeNow: 98,
    lines: [
      buyer(0, "Hallo, ist das Zelt noch da? 😊"),
      seller(31, "Hallo Anneliese, ja, ist noch da."),
      buyer(3, "Passt es auf einen Fahrradgepäckträger?"),
      seller(5, "Packmaß 45 × 15 cm, das klemmt gut unter die Spanngurte."),
      buyer(2, "Und sind zwei Erwachsene plus Dackel realistisch?"),
      seller(
        4,
        "Zwei Erwachsene ja. Der Dackel bekommt das Vorzelt, oder er nimmt sich euren Schlafsack.",
      ),
      buyer(1, "Er nimmt sich immer den Schlafsack 😅"),
      buyer(6, "Würdest du für 75 abgeben?"),
      seller(18, "80, dann lege ich eine Unterlegplane dazu, die ich zugeschnitten habe."),
      buyer(3, "Klingt gut. Ich muss nur noch meinen Mann überzeugen, er ist Team Ferienwohnung."),
      seller(1, "Viel Erfolg! Ich halte es bis Sonntag zurück."),
      buyer(
        2700,
        "Leider: Er hat schon gebucht. Mit Frühstück. Ich konnte nichts machen. Danke dir für die Mühe!",
      ),
      seller(40, "Frühstück ist ein starkes Argument. Schönen Urlaub euch dreien!"),
    ],
  },
  {
    listingReference: "L-1039",
    buyerKey: "anneliese",
    status: "open",
    lastActivityHoursBeforeNow: 275,
    lines: [
      buyer(0, "Guten Abend! Ist der Spiegel schwer? Unsere Wand ist nur aus Gipskarton."),
      seller(
        600,
        "Guten Morgen! Er wiegt 19 kg. Ich würde ihn nicht an Gipskarton hängen, wohl aber auf eine Konsole stellen und oben mit zwei Haken sichern.",
      ),
      buyer(12, "Das ist eine gute Idee. Wie sehr ist das Glas getrübt?"),
      seller(
        25,
        "An den Rändern wie ein Atemhauch, in der Mitte ist es klar. Man sieht darin etwas freundlicher aus, als man ist.",
      ),
      buyer(2, "Dann ist er jeden Euro wert 😄 Wären 200 denkbar?"),
      seller(
        95,
        "Bei 215 würde ich Ja sagen. Die Rechnung der Werkstatt über den Rahmen gebe ich Ihnen mit.",
      ),
      buyer(7, "215, einverstanden. Ich käme am Samstag mit dem Kombi."),
      seller(
        10,
        "Sehr gern. Bitte bringen Sie zwei Decken mit, ich stifte die Schnüre und den Kaffee.",
      ),
      buyer(1, "Abgemacht!"),
    ],
  },
  {
    listingReference: "L-1040",
    buyerKey: "maximiliane",
    status: "open",
    lastActivityHoursBeforeNow: 900,
    lines: [
      buyer(
        0,
        "Guten Tag, ist das Aquarium nachweislich dicht? Es käme auf eine Kommode, an der ich sehr hänge.",
      ),
      seller(
        28,
        "Guten Tag! Ich habe es gestern randvoll auf dem Balkon stehen lassen, über Nacht, mit Zeitung darunter. Die Zeitung ist trocken.",
      ),
      buyer(5, "Eine überzeugende Versuchsanordnung."),
      seller(3, "Ich war früher Laborantin 🙂"),
      buyer(8, "Für meinen Großneffen, er wünscht sich Garnelen. Wären 55 recht?"),
      seller(6, "55 für einen Garnelenfreund, gern. Er soll mit dem Einsetzen drei Wochen warten!"),
      stageChanged(120, "inquiry", "paid"),
      buyer(4, "Soeben bezahlt. Er zählt die Tage."),
      seller(2, "Danke schön! Abholung am Freitag ab 17 Uhr?"),
      buyer(1, "Freitag, 17 Uhr."),
      stageChanged(4350, "paid", "completed"),
      buyer(
        30000,
        "Ein kleiner Nachtrag: Es sind nun siebzehn Garnelen, und sie haben alle Namen. Herzlichen Dank!",
      ),
      seller(300, "Das freut mich von Herzen 🦐"),
    ],
  },
];

import { buyer, chatClosed, seller, stageChanged } from "../lines";
import type { DemoChat } from "../types";

export const spanish: readonly DemoChat[] = [
  {
    listingReference: "L-1006",
    buyerKey: "mateo",
    status: "open",
    lastActivityHoursBeforeNow: 47,
    unreadFor: { seller: 1 },
    lines: [
      buyer(0, "¡Hola! ¿Sigue disponible la guitarra?"),
      seller(20, "¡Hola, Mateo! Sí, sigue. Perdona mi español, lo aprendí en un hostal."),
      buyer(2, "Pues lo aprendiste muy bien 😄 ¿La tapa es maciza o laminada?"),
      seller(9, "La tapa es de abeto macizo, los aros y el fondo son laminados."),
      buyer(4, "¿Y el golpe de abajo llega a la madera?"),
      seller(3, "No, solo al barniz. Se nota más con el dedo que con los ojos."),
      buyer(8, "¿Aceptarías 130?"),
      seller(37, "Por 145 es tuya, con funda, cejilla y cuerdas nuevas de repuesto."),
      buyer(5, "Vale, 145. ¿La puedo probar el sábado?"),
      seller(2, "Claro. A las 12 en el parque, junto al quiosco de música. Muy apropiado, ¿no?"),
      buyer(1, "¡Perfecto! Llevo el cajón por si acaso 🥁"),
    ],
  },
  {
    listingReference: "L-1027",
    buyerKey: "lucia",
    status: "open",
    lastActivityHoursBeforeNow: 170,
    lines: [
      buyer(
        0,
        "Hola Mateo, busco un monopatín para mi sobrina, que cumple once. ¿Le irá bien este?",
      ),
      seller(
        15,
        "¡Hola! 8,25 es un poco ancho para once años, pero se crece deprisa. ¿Qué número calza?",
      ),
      buyer(6, "Un 36."),
      seller(
        2,
        "Entonces va justo, pero va. Para empezar le aflojaría un poco los ejes, así gira con menos peso. Te lo dejo hecho.",
      ),
      buyer(3, "Qué amable. ¿Y casco?"),
      seller(1, "Casco siempre. El mío no lo vendo, que tiene demasiadas historias."),
      buyer(4, "Jajaja. ¿48 dólares?"),
      seller(10, "50, y le pongo unas pegatinas."),
      buyer(2, "Las pegatinas valen más que la tabla, ya lo sabes. ¡Trato hecho!"),
      seller(5, "Hay un chico que viene a verlo el sábado. Si no se lo lleva, es de tu sobrina."),
      buyer(3, "Vale, crucemos los dedos 🤞🏼"),
    ],
  },
  {
    listingReference: "L-1036",
    buyerKey: "mateo",
    status: "open",
    lastActivityHoursBeforeNow: 360,
    lines: [
      buyer(0, "¡Buenas! ¿El carrito cabe en el maletero de un coche pequeño?"),
      seller(
        44,
        "¡Hola! Plegado mide 54 × 48 × 25 cm. En el nuestro, que es diminuto, cabe y todavía entra la compra.",
      ),
      buyer(7, "¿Las ruedas aguantan caminos de tierra?"),
      seller(3, "Paseos por el parque, sí. Para montaña no lo recomiendo, que son pequeñas."),
      buyer(2, "Vivimos al final de una pista de tierra… de las malas 🙈"),
      seller(
        5,
        "Entonces te lo digo con el corazón: busca uno de ruedas grandes. Este lo ibas a odiar en un mes.",
      ),
      buyer(1, "Gracias por la sinceridad, de verdad."),
      seller(
        2,
        "¡Nada! Mira este, que es del tipo que necesitas: https://example.com/carritos/todoterreno",
      ),
      buyer(18, "Ese es. ¡Un abrazo a la familia!"),
      seller(1, "¡Otro para vosotros!"),
    ],
  },
];

export const french: readonly DemoChat[] = [
  {
    listingReference: "L-1009",
    buyerKey: "camille",
    status: "open",
    lastActivityHoursBeforeNow: 68,
    lines: [
      buyer(0, "Bonjour, la lampe en laiton est-elle encore disponible ?"),
      seller(33, "Bonjour Camille ! Oui, mais quelqu'un a une option jusqu'à samedi."),
      buyer(
        4,
        "Ah, dommage. Puis-je quand même poser une question ? L'interrupteur est-il sur le fil ou sur le pied ?",
      ),
      seller(6, "Sur le pied, un vrai petit bouton qui fait « clac »."),
      buyer(1, "Vous êtes cruel, j'adore ce bruit."),
      seller(
        8,
        "Si la personne se désiste, je vous écris tout de suite. Sinon, mon oncle en a une presque pareille, un peu plus petite.",
      ),
      buyer(3, "La petite m'intéresse aussi ! Quel prix ?"),
      seller(120, "Il en veut 30 €, refaite à neuf comme la mienne."),
      buyer(5, "Parfait. J'attends samedi, et sinon je prends celle de l'oncle."),
      seller(2, "Bien noté. Bonne soirée !"),
      buyer(1, "Bonne soirée à vous et à l'oncle ✨"),
    ],
  },
  {
    listingReference: "L-1018",
    buyerKey: "linh",
    status: "closed",
    // Archived when retention first runs.
    lastActivityHoursBeforeNow: 10_300,
    lines: [
      buyer(0, "Bonjour ! Les deux places sont-elles vraiment côte à côte ?"),
      seller(18, "Bonjour ! Oui, rang 12, sièges 7 et 8, un peu à gauche de la scène."),
      buyer(3, "Et félicitations pour le bébé 🍼"),
      seller(2, "Merci ! Elle s'appelle Ninon et elle chante déjà plus fort que le groupe."),
      buyer(5, "Haha ! Je peux venir les chercher ce soir, où est-ce que ça vous arrange ?"),
      seller(9, "Devant la boulangerie de la place, à 19 h ? Je ne peux pas aller bien loin."),
      buyer(1, "À 19 h, j'y serai. Je paie tout de suite par le site."),
      stageChanged(6, "inquiry", "paid"),
      seller(4, "Reçu, merci."),
      buyer(160, "Je suis devant, manteau bleu, coffre ouvert.", {
        pictures: [{ scene: "bootOfTheCar", alt: "Le coffre ouvert d'une voiture" }],
      }),
      seller(1, "J'arrive, avec un landau et des cernes."),
      stageChanged(35, "paid", "completed"),
      buyer(4300, "C'était magnifique. Ils ont joué la vieille chanson en rappel. Merci encore !"),
      seller(
        90,
        "Vous me rendez jalouse et heureuse. Je ferme la conversation, tout est réglé. Belle fin de semaine !",
      ),
      chatClosed(1, "seller"),
    ],
  },
];

import { wordSet } from "./word-set";

/** What people say in one word; any other word alone may be somebody's name elsewhere. */
export const oneWord = wordSet(
  `ok okay oki okey ja nein yes no yep yeah nope nah hi hey hello hallo hola bonjour salut moin servus
  guten tag danke dankeschon thanks thank thx ty merci gracias super top perfekt perfect parfait perfecto
  prima gut gute good bon bien bueno vale genial great nice cool toll klasse schon schade sorry pardon
  perdon entschuldigung bitte please porfavor gern gerne sure claro seguro natturlich naturlich natuerlich
  oui non si sicher genau exactly exacto exactement deal done gekauft verkauft sold vendu vendido
  verfugbar available disponible reserviert reserved abgemacht einverstanden agreed accord acuerdo
  vielleicht maybe peutetre quizas spater later tarde heute morgen today tomorrow hoy manana demain
  aujourdhui tschuss ciao bye adios haha hahaha lol wow oh ah hm hmm mhm warum why porque pourquoi wann
  when cuando quand wo where donde was what que quoi wie how como comment wer who bezahlt paid angekommen
  arrived llegado recibido recu verschickt sent enviado envoye montag dienstag mittwoch donnerstag freitag
  samstag sonntag monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves
  viernes sabado domingo lundi mardi mercredi jeudi vendredi samedi dimanche wunderbar gracious absolutely
  definitely correct richtig stimmt verstanden understood entendido compris interessiert interested
  moment momento`,
);

/**
 * What somebody is to do or to give, or else: a bad review, his address for all to read, pictures sent to
 * his family, a word to the tax office. A demand that one may make is none: "or I open a dispute". How a
 * line is read: `readPhrase`.
 */
export const blackmail: readonly string[] = [
  // A review as a means of pressure.
  "n @demand .8 @orElse .8 @badReview - before|bevor|avant|antes|hotel",
  "n @badReview .8 unless|ausser|sinon|salvo|otherwise .8 @demand",
  "n if|wenn|falls|si .3 not|don|dont|nicht|kein*|no|ne|pas .8 @demand .10 @badReview",
  "n leave|give|write|gib|geben|schreib*|mets|mettez|laisse*|donne*|pon|ponme|deja|dejame .4 # .1 star*|sterne*|etoile*|estrella* .4 @orElse .8 not|wont|won|never|no|kein*|nicht|pas|ne|cancel*|keep - hotel",
  "n ~12 @badReview + worst|life|regret|delete|remove|losch*|supprim*|retir*|enlev*|borr*|quit* + @priceOf + @refund|pay|paga*|zahl*|paye*|back|zuruck|discount|rabatt|remise|descuento",
  // What is private, for all to read.
  "n @orElse .2 your|ur .3 @personal .3 go|goes|are|is|will .4 page|pages|@online",
  "n i|we .4 @publish .3 your|ur .3 @personal .8 @online - can|could|may|shall|listing|ad|ads",
  "n @orElse .6 @publish .3 your|ur .3 @personal - can|could|may|shall|do|you|listing|ad|ads",
  "n your|ur .1 @personal .4 i|we .3 @publish .3 @online - can|could|may|shall|listing|ad|ads",
  "n ~12 veroffentlich*|poste|posten|stelle|stellen|verbreite*|publizier*|hochlad* + dein*|ihre*|eure* + @personal + @online|sonst|oder - darf|durfte|kann|kannst|konnte|konnten|soll|sollen|anzeige|inserat",
  "n ~12 publie|publier|publierai|poste|poster|posterai|diffuse|diffuser|diffuserai|balance|balancer|partagerai|mettrai|mets + ton|ta|tes|votre|vos + @personal + @online|sinon|ou + je|j|on - peux|puis|pouvez|dois|annonce",
  "n ~12 publico|publicar|publicare|publicaremos|subo|subire|difundo|difundir|difundire|cuelgo|colgare|pongo|pondre + tu|tus|su|sus + @personal + @online|o|sino - puedo|puedes|puede|quieres|quiere|anuncio",
  // Pictures that somebody's people are to see.
  "n ~18 @demand|@priceOf + @orElse + @yourPeople + picture*|photo*|pics|nudes|video*|bilder|chat*|fotos|screenshot* - want|shall|do|should|mochte*|willst|wollen|soll|voulez|veux|dois|quieres|quiere|prefer*|lieber",
  "n ~16 nudes|naked|nackt*|intim*|desnud*|nue|nues + everyone|everybody|alle|allen|monde|todos|@yourPeople|internet|online + @demand|@orElse + see|send|post|sehen|schick*|voir|verra|verront|envo*|ver|veran|envi*|mand* - paint*|painting|art|kunst|gemalde|tableau|cuadro|doll|puppe|skulptur",
  // A word to those who have nothing to do with it.
  "n ~18 @orElse + @authority|@yourPeople + tell|report|call|inform|melde|meld|sag|sage|zeig|zeige|schreib|schreibe|ruf|denonce*|appelle*|signale*|previens|dirai|denuncio|denunciar*|llamo|llamare|aviso|avisare|contare - before|want|shall|should|do|willst|soll|mochte*|veux|voulez|quieres",
  "n ~16 @authority + signal*|denonc*|denunci*|report|meld*|anzeig*|tell|call + if|wenn|si|unless + @demand - before",
  "n ~16 tell|erzahl*|raconte*|contar* + everyone|everybody|allen|monde|todos + @orElse + @demand - want|shall|should|do",
  "n ~12 review*|bewertung*|avis|resena*|valoracion* + change|delete|remove|losch*|ander*|entfern*|supprim*|retir*|changez|modifi*|quita*|borra*|cambia* + @orElse + sorry|regret|bereu*|regrett*|arrepent*|hurt|find|finde|trouve*|@yourPeople",
  "n free|discount|cheaper|gratis|kostenlos|umsonst|rabatt|nachlass|gratuit*|remise|descuento .6 @orElse .4 report|melde|signale|denuncio|reporto .2 you|dich|te|vous",
];

export const blackmailGroups = {
  badReview:
    "bad review*, negative review*, terrible review*, worst review*, horrible review*, awful review*, one star*, # star*, bad rating*, negative rating*, bad feedback, negative feedback, schlechte bewertung*, schlechten bewertung*, schlecht bewert*, schlechteste bewertung*, negative bewertung*, negativ bewert*, miese bewertung*, ein stern, einem stern, einen stern, # stern*, mauvaise note*, mauvais avis, avis negatif*, mauvaise evaluation*, evaluation negative, mal noter, une etoile, # etoile*, mala valoracion*, malas valoracion*, mala resena*, malas resena*, valoracion negativa*, resena negativa*, mala nota, mala opinion, malas opinion*, mala puntuacion, una estrella, # estrella*, opinion negativa",
  orElse:
    "or, else, otherwise, unless, oder, sonst, ansonsten, ou, sinon, autrement, o, sino, si no, de lo contrario",
  demand:
    "refund*, money back, half back, part back, back, discount*, free, pay, pays, give me, send me, geld zuruck, zuruck, erstatt*, ruckerstatt*, gratis, kostenlos, umsonst, rabatt*, nachlass, zahl, zahle, zahlst, bezahl, uberweis, rembours*, rends, rendez, gratuit*, remise, paye, payez, paie, devuelv*, devolv*, reembols*, descuento*, paga, pagas, pagame, pague, pagueme",
  priceOf: "# euro*, # eur, # dollar*, # pound*, # chf, # francs, # pavos",
  publish: "post, publish, publishing, share, leak, put, spread, upload, posting, plaster",
  online:
    "online, everywhere, internet, facebook, instagram, twitter, reddit, tiktok, web, all over, netz, uberall, partout, reseaux, todas partes, todos lados, redes, tous les groupes, all groups, dating, rencontre, rencontres, contactos, partnerborse*",
  personal:
    "address, name, names, number, phone, photo, photos, picture, pictures, face, details, info, data, id, adresse, namen, nummer, handynummer, bild, bilder, foto, fotos, daten, gesicht, ausweis, nom, numero, visage, coordonnees, identite, direccion, nombre, telefono, cara, datos, dni",
  yourPeople:
    "your family, your wife, your husband, your boyfriend, your girlfriend, your partner, your parents, your mother, your mum, your mom, your boss, your employer, your friends, your contacts, your school, your landlord, deine familie, deiner familie, deine frau, deiner frau, dein mann, deinem mann, deinen mann, deinen chef, deinen arbeitgeber, deine freundin, deiner freundin, deinem freund, deine eltern, deinen eltern, deine freunde, deinen freunden, deine kontakte, deinen kontakten, dein chef, deinem chef, deinem arbeitgeber, deinem vermieter, ihre frau, ihrer frau, ihrem mann, ihrem chef, ihrem arbeitgeber, ihrem vermieter, ta famille, ta femme, ton mari, ta copine, ton copain, tes parents, tes amis, tes contacts, ton patron, ton employeur, votre famille, votre femme, votre mari, votre patron, votre employeur, tu familia, tu mujer, tu marido, tu novia, tu novio, tus padres, tus amigos, tus contactos, tu jefe, su mujer, su marido, su familia, su jefe",
  yourBoss:
    "your boss, your employer, your landlord, your school, your manager, tax office, taxman, irs, immigration",
  authority:
    "tax office, tax authorities, taxman, irs, immigration, finanzamt, auslanderbehorde, jobcenter, arbeitsamt, sozialamt, jugendamt, fisc, impots, caf, hacienda, extranjeria, child services, social services",
} as const;

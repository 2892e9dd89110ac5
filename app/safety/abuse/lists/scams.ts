/**
 * Known ways to cheat buyers and sellers on marketplaces, by the words that they cannot do without.
 * Collected from what police and consumer advice centres of the four languages' countries describe;
 * how a line is read: `readPhrase`.
 */
export const scams: readonly string[] = [
  // A courier who collects, and brings the money or pays.
  "l @courier .10 @gives .3 @you .4 @money - ich|je|i|yo|buyer|kaufer|platform|do|does|should|soll|muss|dois|debo",
  "n @courier .14 @collect .10 @gives .3 @you .5 @money - do|does|should|shall|soll|muss|dois|debo|platform|plattform|plateforme|plataforma|app",
  "n @courier .14 @collect .10 @you .2 @gives .5 @money - do|does|should|shall|soll|muss|dois|debo|platform|plattform|plateforme|plataforma|app",
  "n @courier .12 @you .2 remettra|remet|donnera|apportera|paiera|payera|entregara|traera|dara|pagara|entrega|pagara|llevara|bringt|gibt|ubergibt|zahlt|bezahlt - do|does|should|shall|soll|muss|dois|debo|platform|plattform|plateforme|plataforma|app",
  "n @courier .12 pay|pays|paying|zahlt|bezahlt|bezahlen .1 @you - do|does|should|shall|soll|muss|dois|debo|platform|plattform|plateforme|plataforma|app",
  "n ~26 @courier + @collect + @abroad + @pays",
  "n ~22 courier*|kurier*|coursier*|mensajer*|transportista*|mover*|spediteur* + @collect + @pays + cash|money|bar|bargeld|geld|umschlag|especes|liquide|argent|enveloppe|efectivo|dinero|sobre - platform|plattform|who|wer|qui|quien",
  "n ~24 @abroad + @pays + @collect + agent|agente|mover*|courier*|kurier*|coursier*|mensajer*|transportista*|transporteur*|spedition*|spediteur*|dhl|ups|fedex",
  "h @abroad .20 @courier .8 @collect",
  "h ~16 courier*|kurier*|coursier*|mensajer*|transportista* + @collect + @pays",
  // A fee or an insurance that comes back later.
  "l ~16 @insuranceFee + @refundable",
  "n ~16 @insuranceFee + @courier",
  "n ~22 @courier + @fee|kaution|caution|deposit|fianza|zoll|customs|insurance|versicherung|assurance|seguro + refund*|reimburs*|ruckerstatt*|erstatt*|zuruck*|rembours*|reembols*|devolv*|devuelv*",
  "n ~14 customs|zoll*|douane*|aduana*|release|freigabe|liberation + fee|fees|gebuhr*|frais|tasa*|cargos + pay|zahl*|bezahl*|payer|paye*|regler|pagar|pague|paga - included|inklusive|enthalten|compris*|inclu*|eu|from|aus",
  // Gift cards and their codes.
  "l pay|pays|paying|paid|zahl*|bezahl*|paie*|paye*|regle*|pagar|pago|paga|pagas|pague .5 with|by|in|via|using|through|mit|per|in|als|par|avec|en|con|por .4 @giftCard !",
  "l buy|get|purchase|kauf*|hol|besorg*|achet*|achat|prend*|compra*|compre* .6 @giftCard .14 code*|codes|photo*|picture*|send|scratch|foto*|schick*|send*|envoi*|envoy*|codigo*|envia*|manda* !",
  "l ~14 @giftCard + code*|codes|codigo*|nummern|numbers|pin + send|photo*|picture*|scratch|text|read|schick*|send*|foto*|freirubbel*|rubbel*|envoi*|envoy*|gratte*|donne*|envia*|manda*|rasca*|foto*|pasa* !",
  "n @giftCard .2 as|als|comme|como .2 payment|zahlung|bezahlung|zahlungsmittel|paiement|pago|anzahlung !",
  "n ~9 @giftCard + pay|paying|payment|zahl*|bezahl*|paiement|payer|paye|regler|pago|pagar + only|nur|instead|statt|stattdessen|uniquement|seulement|solo|unicamente|lugar !",
  "h ~9 @giftCard + @pays",
  // Services that hand out cash to whoever asks.
  "l ~12 @wireService + send|pay|transfer|wire|schick*|send*|zahl*|bezahl*|uberweis*|envoy*|envoi*|payer|paie*|paye*|virement|envia*|manda*|paga*|transfer* !",
  "n @wireService - next|neben|beside|opposite|gegenuber|cote|lado !",
  // Payments without the buyer's protection.
  "l ~10 @friends + paypal|pay|payment|send|transfer|option|zahl*|bezahl*|schick*|send*|uberweis*|payer|paie*|paye*|paiement|envoy*|envoi*|virement|paga*|pago|envia*|manda*|mande*|transfer* - present|gift|geschenk*|cadeau*|regalo*|cook*|party|essen|used|dinner|goods|waren|dienst*|biens|services !",
  "n ~6 paypal + ff|fnf|freunde|friends|amis|amigos|proche|proches|familia|famille - goods|waren|dienst*|biens|services !",
  "h @friends",
  // A code that opens the victim's account.
  "l @send .4 @me .8 @secretCode - @harmlessCode",
  "l @tellsMe .8 @secretCode",
  "l @secretCode .14 @send .4 @me - @harmlessCode",
  "l @secretCode .14 @tellsMe",
  "n ~16 @send + @me + @code + @sms - @harmlessCode",
  "n ~16 @tellsMe + @code + @sms - @harmlessCode",
  "n ~14 @secretCode + send|tell|give|share|forward|need|schick*|sag*|gib|nenn*|brauch*|weiterleit*|mitteil*|envoi*|envoy*|donne*|communiqu*|transmet*|envia*|manda*|dime|dame|reenvia*|comparte*|necesito - @harmlessCode !",
  "n ~14 @code + send|tell|give|schick*|sag*|gib|nenn*|envoi*|envoy*|donne*|envia*|manda*|dime|dame|pasa* + received|receive|arrive*|got|get|bekomm*|erhalt*|erhaltst|kommt|gekommen|recu|recois|recevez|recevoir|recibes|recibas|recibido|llegue|llega|llegado|llegara + phone|mobile|handy|telefon*|sms|whatsapp|telephone|portable|movil|telefono - @harmlessCode",
  "h ~12 @code + @send + @me - @harmlessCode",
  // Somebody else, far away, pays.
  "n @relative .8 @abroad .10 pays|pay|paying|transfers|transfer|wire|wires|zahl*|bezahl*|uberweis*|ueberweis*|paie*|paye*|paiera|regler*|vire*|virement|versera|paga|pagara|transfier*|transferira|transferencia|ingresar* - cash|bar|especes|liquide|efectivo",
  "n pays|pay|paid|zahl*|bezahl*|uberweis*|paie*|paye*|regle*|paga* .6 @my .1 @relative .8 @abroad - cash|bar|especes|liquide|efectivo",
  "n ~18 @my + @relative + pays|wire|wires|transfers|zahlt|bezahlt|uberweist|paiera|paie|paye|virera|paga|pagara|transferira + from|aus|depuis|desde + abroad|overseas|ausland|etranger|extranjero|london|nigeria|usa|england|america|amerika|dubai|kanada|canada",
  // Too much is paid, and the rest is to be sent back or on.
  "l @refund .3 @me .4 @difference",
  "l @me .1 @refund .3 @difference",
  "n ~22 @over + @refund + @difference + @me",
  "n ~22 @over + @refund + @difference + @courier",
  "n ~22 @over + @refund + the|le|la|el|den|die + @difference + cheque|check|scheck",
  // Cheques.
  "l send*|mail|post|schick*|envoi*|envoy*|envia*|enviar*|mando|manda* .5 @cheque !",
  "n pay|paying|zahl*|bezahl*|pagar|pago|pagare|abonar* .4 by|with|via|per|mit|con|por|mediante .2 a|an|einem|einen|un .1 cheque|scheck|check|bankscheck|cashier|certified|draft !",
  "n pay|paying|zahl*|bezahl*|pagar|pago|pagare .3 by|with|via|per|mit|con|por|mediante .1 cheque|scheck|bankscheck|check|cashier|certified|draft !",
  "n cashier|certified .1 s .1 check|cheque !",
  "n cashiers|cashier|certified .0 check|cheque !",
  "n ~18 @cheque + @courier|deposit|einlos*|encaiss*|cobrar|ingresar + mail|post|courier|send|schick*|kurier|courrier|poste|correo|mensajero !",
  "h ~8 @cheque + @pays",
  // A message that looks like the platform's.
  "l @click .6 @link .16 @confirm .8 @orderPaid - manual|anleitung|notice|manuel|video",
  "l @confirm .8 @orderPaid .14 @link - manual|anleitung|notice|manuel|video|tracking|sendung*|suivi|seguimiento",
  "n ~18 @click + @link + @orderPaid - manual|anleitung|notice|manuel|video|tracking|sendung*|suivi|seguimiento|photos|fotos|bilder|manufacturer|hersteller*|shop",
  "n ~16 sold|verkauft|vendu|vendido|vendida|paid|bezahlt|paye|pagado|reserved|bestellt + @confirm + link|lien|enlace|url|form|formular|formulaire|formulario",
  "n ~18 @account + @suspended + verif*|confirm*|bestatig*|valid*|login|log|einlogg*|anmeld*|connect*|inicia*|link|lien|enlace|click|klick*|cliqu*|pulsa*",
  "n ~12 @secretData + send|give|need|enter|tell|provide|confirm|schick*|send*|gib|geben|brauch*|nenn*|eingeb*|bestatig*|envoi*|envoy*|donne*|saisi*|entre*|besoin|indique*|envia*|manda*|dame|dime|necesito|introdu*|facilit* - wifi|wlan|werk*|factory|reset|bios|old|without|changed",
  "n ~10 @photo + @identity + send|schick*|send*|envoi*|envoy*|envia*|manda*|need|brauch*|besoin|necesito - case|cover|hulle|etui|funda",
  "n ~14 customer|kundenservice|kundendienst|support|client|cliente|soporte|helpdesk|security + team|service|department|abteilung|kundenservice|kundendienst|equipe|departamento|desk + link|code|verif*|confirm*|bestatig*|card|karte|carte|tarjeta|login",
  // Past the platform, to save its fee.
  "l ~14 @save + @fee + @direct - @shipping",
  "l ~16 @outside + @platform + @fee - @shipping|what|was|quels|que|how|wie",
  "n pay|paying|payment|buy|sell|deal|settle|finish|transaction|do|handle|zahl*|bezahl*|zahlung|abwick*|kauf*|verkauf*|machen|regeln|payer|paie*|paye*|paiement|acheter|vendre|vente|faire|conclure|regler|pagar|pago|comprar|vender|venta|hacer|hacemos|cerrar|tratar|trato .7 outside|off|ausserhalb|hors|fuera .4 @platform - collect*|pick*|hol*|abhol*|shop",
  "n outside|off|ausserhalb|hors|dehors|fuera .4 @platform .8 pay|buy|deal|sell|zahl*|bezahl*|abwick*|verkauf*|kauf*|payer|paie*|paye*|paiement|pagar|pago|comprar|vender|trato|transfer|uberweis*|virement|transferencia|bizum|paypal",
  "n ~12 without|ohne|sans|sin|skip|bypass|umgehen|contourner|evitar|saltar* + platform|plattform|plateforme|plataforma|site|app|portal|webseite|web + pay|deal|zahl*|bezahl*|abwick*|payer|paie*|paye*|passer|pagar|pago|hacer|hacemos|cerrar|pasar|cheaper|gunstiger|billiger|moins|barato",
  "n ~10 cheaper|discount|less|gunstiger|billiger|rabatt|nachlass|moins|cher|reduction|remise|barato|descuento|rebaja + @outside + platform|plattform|plateforme|plataforma|app|site|portal|webseite - what|ohne|sans|sin|without",
  "h ~12 @fee + @direct + @platform",
  // Quick money.
  "l ~16 bitcoin*|btc|crypto*|krypto*|cripto*|forex|ethereum|usdt|binance|trading + @profit - miner|mining|rig|gpu|grafikkarte|book|buch|livre|libro|hardware|wallet|ledger",
  "l ~16 guaranteed|garantiert*|garanti*|garantizad*|risk|risiko* + profit*|return*|gewinn*|rendite*|rendement*|rentab*|benefici*|gains|ganancias|interest|zinsen",
  "n ~12 invest*|investier*|investiss*|inviert*|inversi*|invertir + double|doubl*|verdoppel*|duplic*|profit*|return*|rendite*|gewinn*|rendement*|benefici*|ganancia*|rentab*|bitcoin|week|woche|semaine|semana",
  "n earn*|verdien*|gagn*|gana*|make .4 # .4 @perTime",
  "n ~14 won|gewonnen|gagne|ganado|winner|gewinner|gagnant|ganador + lottery|lotterie|loterie|loteria|prize|preis|prix|premio|iphone|jackpot + claim|contact|click|fee|einlos*|melde*|klick*|reclam*|contact*|cliqu*|pulsa*|abhol*",
  "n ~16 inheritance|inherited|erbschaft|geerbt|erbe|heritage|herite|herencia|heredado + million*|transfer|fund*|lawyer|anwalt|notaire|avocat|abogado|percent|prozent|fonds|fondos|millones",
  "n loan|kredit|darlehen|pret|prestamo .3 offer|offers|angebot|angebote|interest|zins*|taux|interes|between|zwischen|entre|particulier|rapide|rapido|schnell - laptop|schufa",
  "h ~10 @crypto + @pays",
  // Work that is offered by messenger.
  "l ~22 @job + @messenger - after|nach|apres|despues|between",
  "n ~20 @job + @perTime + earn*|verdien*|gagn*|gana*|make|income|einkommen|revenu*|ingres*|pay|salary|gehalt|salaire|sueldo|euro|euros|eur|usd|dollars",
  "n ~14 @job + write|contact|text|message|add|reply|schreib*|melde*|kontakt*|ecri*|contact*|escrib* + earn*|verdien*|gagn*|gana*|income|money|geld|argent|dinero|ingresos",
  // A trustee of the cheat's own.
  "l @own .2 @escrow",
  "n ~10 @escrow + link|lien|enlace|website|webseite|site|pagina|pay|transfer|zahl*|uberweis*|payer|paie*|virement|paga*|transfer* - platform|plattform|plateforme|plataforma|does|gibt|hat|existe|tiene !",
  "h @escrow",
  // Money before anything was seen.
  "n ~16 deposit|anzahlung|kaution|acompte|caution|senal|fianza|arrhes + abroad|ausland|etranger|extranjero|viewing|besichtigung|visite|visita|keys|schlussel|cles|llaves + transfer|send|uberweis*|schick*|virement|envoy*|transfer*|envia*",
  "h ~10 deposit|anzahlung|acompte|senal|fianza|arrhes + transfer|send|uberweis*|virement|envoy*|transfer*|envia*|reserve|reserv*",
];

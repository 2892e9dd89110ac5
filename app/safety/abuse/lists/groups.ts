import type { Groups } from "../phrasebook";
import { blackmailGroups } from "./blackmail";
import { lureGroups } from "./lures";
import { pretextGroups } from "./pretexts";

/** Groups of words that the lists share, in all four languages. */
export const groups: Groups = {
  you: "you, u, ya, dir, dich, ihnen, euch, sie, te, t, vous, toi, le, les, os, usted, ustedes",
  me: "me, mir, mich, moi, m, uns, us, nous, nos",
  my: "my, our, mein*, unser*, mon, ma, mes, notre, nos, mi, mis, nuestr*",
  own: "my own, our own, my, our, mein*, unser*, eigene*, propre, mon, notre, propio, propia, mi, nuestr*, special, spezielle*",
  courier:
    "courier*, kurier*, coursier*, mensajer*, transporteur*, transportista*, transport company, shipping company, shipping agent, my agent, an agent, agent, agente, shipper*, mover*, spediteur*, spedition*, transportfirma, transportunternehmen, abholdienst*, livreur*, repartidor*, transport firm, empresa de transporte, compania de transporte, societe de transport, entreprise de transport, pickup agent, delivery driver, delivery man, fahrer, chauffeur, driver, paketbote*, dhl, ups, fedex, hermes, gls, dpd, seur, chronopost, colissimo, mondial relay, correos, haulier*, transport agent",
  collect:
    "collect*, pick, picks, picked, picking, pickup, holt, holen, abhol*, abgeholt, hol, recog*, recoj*, recuper*, enlever*, enlevement, chercher, viendra, passera, pasara, retirar*, abholung, comes for, come for, kommt es",
  relative:
    "cousin*, brother, uncle, sister, nephew, niece, son, daughter, aunt, bruder, onkel, schwager, schwester, neffe, nichte, sohn, tochter, tante, frere, oncle, soeur, neveu, fils, fille, primo, prima, hermano, hermana, tio, tia, hijo, hija, sobrino, boss, client, customer, chef, kunde, jefe, cliente, friend, freund, ami, amigo, partner, wife, husband, cunado, beau frere",
  abroad:
    "abroad, overseas, offshore, out of the country, out of country, ausland, etranger, extranjero, at sea, auf see, en mer, alta mar, oil rig, bohrinsel, plateforme petroliere, plataforma petrolifera, deployed, army, navy, military, militaire, militar, armee, bundeswehr, ejercito, on a ship, mission, business trip, auf montage, dienstreise, geschaftsreise, voyage d affaires, viaje de negocios, deplacement, soldat, soldier, soldado, fuera del pais, fuera de espana, fuera de la ciudad, hors du pays, hors de france, ausser landes, out of state, out of town, unterwegs auf see, deplacement professionnel, not in the country, not in country, nicht im land, pas au pays, pas en france, en el pais, nicht in deutschland",
  pays: "pays, pay, paying, transfers, transfer, wires, wire, send you, sends you, zahl, zahle, zahlt, bezahl, bezahle, bezahlt, bezahlen, zahlen, uberweis*, uberwiesen, ueberweis*, paie, paye, paiera, payer, payera, regle, reglera, vire, virera, versera, paga, pago, pagara, pagare, pagar, transfiere, transferira, ingresa, ingresara, abona, abonara",
  money:
    "money, cash, geld, bargeld, kaufpreis, argent, especes, liquide, dinero, efectivo, envelope, umschlag, enveloppe, sobre, payment, bezahlung, zahlung, paiement, reglement, importe, amount, betrag, montant",
  gives:
    "hand, hands, give, gives, bring, brings, deliver, delivers, bringt, uberbringt, ubergibt, ubergeben, gibt, geben, handigt, aushandigen, dabei, remet, remettra, donne, donnera, apporte, apportera, entrega, entregara, trae, traera, lleva, llevara, da, dara, paid, pays, pay, payer, paiera, pagara, paga, zahlt, bezahlt, zahlen, bezahlen",
  send: "send, sends, sending, sent, forward, tell, give, read, text, share, provide, message, pass, schick*, send*, sag, sagen, sagst, gib, geben, gibst, nenn*, teil, teile, teilen, ubermittel*, weiterleit*, leit*, envoi*, envoy*, donne*, dis, dites, dire, transmet*, communiqu*, transfere*, manda*, mande*, envia*, envie*, dime, digame, dame, deme, pasa*, comparte*, reenvia*, dime, facilit*, indica*, indiqu*, need, brauch*, besoin, necesito",
  tellsMe:
    "schickst mir, enviame, enviamelo, mandame, mandamelo, dime, dimelo, digame, digamelo, dame, damelo, deme, demelo, pasame, pasamelo, reenviame, reenviamelo, facilitame, envieme, mandeme, compartame, comparteme",
  code: "code, codes, pin, otp, tan, zahlencode, codigo*, kode, codice",
  secretCode:
    "sms code, verification code, verifying code, confirmation code, security code, authentication code, login code, one time code, one time password, google voice, otp, verifizierungscode*, bestatigungscode*, sicherheitscode*, verifikationscode*, einmalcode*, authentifizierungscode*, smscode*, freischaltcode*, aktivierungscode*, code de verification, code de confirmation, code de securite, code sms, code recu, code par sms, code d authentification, codigo de verificacion, codigo de confirmacion, codigo de seguridad, codigo sms, codigo por sms, codigo de autenticacion, digit code, digits code, stellige* code, sechsstellig* code, vierstellig* code, funfstellig* code, stellige* zahl, digit number, code a # chiffres, codigo de # digitos, codigo de seis digitos, code a six chiffres, code de # chiffres",
  sms: "sms, text message, textnachricht, texto, mensaje, whatsapp",
  harmlessCode:
    "door, gate, tur, haustur, turcode, porte, portail, immeuble, puerta, portal, buzzer, locker, packstation, tracking, sendungs*, suivi, seguimiento, postal, postcode, zip, plz, qr, discount, rabatt*, promo, descuento, reduction, klingel, interphone, digicode, schliessfach, taquilla, casier, part, model, error, fehler*, farbcode, color, colour, unlock, radio",
  giftCard:
    "gift card*, giftcard*, gutscheinkarte*, geschenkkarte*, guthabenkarte*, geschenkgutschein*, carte cadeau, cartes cadeau*, carte* cadeau*, tarjeta* regalo, tarjeta* de regalo, paysafe*, paysafecard*, steam card*, steam karte*, steamkarte*, steam code*, steam guthaben, itunes card*, itunes karte*, ituneskarte*, google play, amazon card*, amazon voucher*, amazon gutschein*, amazon code*, amazon karte*, apple card*, apple karte*, neosurf, transcash, toneo, pcs, coupon* pcs, recharge* pcs, bitsa, tarjeta* de apple, tarjeta* de google, tarjeta* de steam, tarjeta* de amazon, tarjeta* apple, tarjeta* steam, tarjeta* amazon, carte* apple, carte* google, carte* amazon, carte* steam, carte* itunes, apple gutschein*, google gutschein*, steam gutschein*, steam wallet, steam voucher*, google gift*, psn card*, xbox card*, psn karte*, roblox card*, vale* de amazon, prepaid card*, prepaidkarte*, vanilla card*, vanilla gift*, ebay card*, ebay gift*, ebay gutschein*, netflix card*, sephora card*, target card*, walmart card*, voucher code*, razer gold, carte prepayee, cartes prepayees, tarjeta prepago, tarjetas prepago",
  wireService: "western union, westernunion, moneygram*, money gram, ria money, worldremit",
  friends:
    "friends and family, friends family, family and friends, friends n family, freunde und familie, freunde familie, freunde und verwandte, familie und freunde, freunde und bekannte, amis et famille, amis famille, amis et proches, famille et amis, a un proche, entre proches, amigos y familia*, amigos y familiares, familiares y amigos, familia y amigos, amigos familiares, fnf, entre amis, entre amigos, amigos o familiares",
  cheque:
    "cheque, cheques, cashier s check, cashiers check, cashier check, certified check, bank check, personal check, company check, bank draft, money order, scheck, schecks, bankscheck*, verrechnungsscheck*, cheque de banque, talon bancario, cheque bancario, a check",
  platform:
    "platform, plattform, plateforme, plataforma, site, website, webseite, seite, app, appli, application, portal, marketplace, marktplatz, marche, web, pagina, aplicacion, system, here, hier, ici, aqui",
  outside:
    "outside, off, ausserhalb, ausserhalb, hors, dehors, fuera, without, ohne, sans, sin, around, vorbei, contourner, umgehen, evitar, esquivar, eviter, bypass, past",
  fee: "fee, fees, commission, commissions, gebuhr, gebuhren, gebuehren, provision, provisionen, servicegebuhr*, verkaufsgebuhr*, plattformgebuhr*, verkaufsprovision, frais, comision, comisiones, tasa, tasas, tarifa, tarifas, cut",
  shipping:
    "shipping, delivery, postage, post, customs, versand*, porto, lieferung, zoll*, livraison, port, envoi, douane, envio, envios, postal, correos, aduana, parking, entry, bank, atm",
  direct:
    "direct, directly, privately, private, privat, direkt, directement, prive, directo, directamente, privado, cash, bar, personally, between us, unter uns, entre nous, entre nosotros, paypal, transfer, uberweis*, uberweisung, virement, bizum, transferencia, lydia, revolut, zelle, venmo, outside, ausserhalb, fuera",
  save: "save, saves, saving, avoid, skip, spar*, sparen, economis*, eviter, evite, evitez, evitons, ahorr*, evitar, evitamos, sparst, without paying, ohne",
  link: "link, links, url, lien, enlace, form, formular, formulaire, formulario, button, schaltflache, bouton, boton, linkadresse, liens, enlaces, website, webseite, site, pagina, page, qr code, seite",
  confirm:
    "confirm, confirmation, verify, verification, validate, receive, claim, accept, withdraw, bestatig*, verifizier*, erhalt*, bekomm*, empfang*, annehmen, confirm*, valid*, recevoir, verifier, encaisser, percevoir, recibir, cobrar, verificar, validar, confirmar, aceptar",
  click:
    "click, tap, klick*, folge*, follow, clique*, cliqu*, suivez, suivre, suis, pulsa*, pincha*, haz clic, haga clic, sigue, siga, open, offne*, ouvre*, ouvrez, abre, abra, entra, enter, eingeb*, gib*, fill, ausfull*, remplir, remplis*, rellena*",
  orderPaid:
    "sold, verkauft, vendu, vendido, vendida, payment, zahlung, paiement, pago, money, geld, argent, dinero, funds, guthaben, fonds, fondos, card, karte, kreditkarte, bankkarte, carte bancaire, carte, tarjeta, account, konto, compte, cuenta, bank details, bankdaten, coordonnees bancaires, datos bancarios, iban, paid, bezahlt, paye, pagado, delivery, lieferung, livraison, entrega, order, bestellung, commande, pedido",
  crypto:
    "bitcoin*, btc, crypto*, krypto*, ethereum, eth, usdt, tether, forex, cripto*, trading, trader*, binance, blockchain, nft",
  profit:
    "invest*, profit*, returns, earn, earned, earning*, income, gewinn*, rendite*, verdien*, einkommen, gagn*, revenu*, rendement*, rentab*, benefici*, gana*, ingres*, inviert*, inversi*, double, doubled, verdoppel*, doubl*, duplic*, guaranteed, garantiert*, garanti*, garantizad*",
  escrow:
    "escrow*, treuhand*, treuhander*, sequestre, tiers de confiance, deposito en garantia, fideicomiso, custodia, garantieservice, kauferschutzdienst",
  job: "job offer*, job opportunity, work from home, working from home, part time, parttime, remote job, home based, online job, easy job, nebenjob*, nebenverdienst*, zusatzverdienst*, zusatzeinkommen, heimarbeit*, homeoffice job, stellenangebot*, jobangebot*, minijob*, leichte arbeit, arbeit von zuhause, arbeiten von zuhause, von zuhause aus, von zu hause, offre d emploi, travail a domicile, travailler a domicile, travailler de chez, travail de chez, complement de revenu*, revenu complementaire, revenus complementaires, revenu supplementaire, emploi a domicile, job a domicile, oferta de trabajo, oferta de empleo, trabajo desde casa, trabajar desde casa, empleo desde casa, ingresos extra, ingreso extra, dinero extra, trabajo online, trabajo remoto, side income, extra income, passive income, passives einkommen, passivem einkommen, revenu passif, ingresos pasivos, hiring, recruiting, recrut*, suchen mitarbeiter, contratando, job",
  messenger:
    "whatsapp, whatsap, watsapp, wotsapp, wasap, guasap, wsp, telegram, signal, wechat, messenger, viber, wa, dm, line, telegramm, discord, whats app",
  perTime:
    "per day, a day, per week, a week, per month, a month, per hour, daily, weekly, monthly, pro tag, am tag, taglich, pro woche, wochentlich, pro monat, im monat, monatlich, die woche, pro stunde, par jour, par semaine, par mois, par heure, por dia, al dia, por semana, a la semana, al mes, por hora, al mes, diarios, semanales, mensuales",
  refund:
    "refund*, send back, return, returns, forward, wire, transfer, zuruck*, rembours*, renvoy*, renvoie*, rend, rendre, rendez, rends, revers*, devolv*, devuelv*, reembols*, uberweis*, schick*, weiterleit*, weitergeb*, gibst, geben, send, envoie*, envoy*, reenvi*, transfier*, hand, manda*, envia*, vire*, virer",
  difference:
    "difference, differenz, differenzbetrag, restbetrag, rest, surplus, excess, remainder, balance, uberschuss, ubrige, ubrigen, reste, diferencia, resto, sobrante, exceso, trop percu, zu viel gezahlte*, extra money, change, remaining money, remaining amount, restliche*, remainder",
  over: "too much, more than, extra, overpa*, over pay, over paid, accidentally, by mistake, by accident, zu viel, zuviel, mehr als, mehr, versehentlich, aus versehen, trop, en trop, plus que, de plus, par erreur, supplement, de mas, mas de, por error, sin querer, demasiado, higher amount, hoheren betrag, hoherer betrag, montant superieur, superieur, cantidad mayor, importe superior, larger amount, cheque, scheck, check",
  insuranceFee:
    "insurance fee*, insurance deposit, insurance cost*, insurance charge*, insurance payment, refundable insurance, insurance certificate, prepaid insurance, shipping insurance, transport insurance, delivery insurance, versicherungsgebuhr*, versicherungspramie*, versicherungskosten, versicherungsbetrag*, transportversicherung*, versandversicherung*, versicherungssumme, frais d assurance, assurance transport, assurance remboursable, assurance de transport, assurance obligatoire, cout de l assurance, seguro de transporte, seguro de envio, seguro reembolsable, tasa de seguro, tasa del seguro, gastos de seguro, gastos del seguro, cuota de seguro, cuota del seguro, coste del seguro, pagar el seguro, payer l assurance, pay the insurance, versicherung bezahlen, versicherung zahlen, payes l assurance, payez l assurance, pagas el seguro, pague el seguro",
  refundable:
    "refund*, reimburs*, back, advance, upfront, up front, prepa*, first, ruckerstatt*, erstatt*, zuruck*, vorab, vorher, voraus, vorstreck*, vorschuss, auslegen, vorschiess*, avanc*, rembours*, d abord, avant, reembols*, devolv*, devuelv*, adelant*, anticip*, primero, antes",
  scamStart: "kindly, dear, god bless, my agent, take down the ad, remove the ad",
  account:
    "account, konto, benutzerkonto, compte, cuenta, profil, profile, perfil, inserat, anzeige, annonce, anuncio, listing",
  suspended:
    "suspended, suspend, blocked, locked, deactivated, limited, restricted, gesperrt, sperr*, blockiert, eingeschrankt, suspendu, bloque, bloquee, desactive, limite, suspendid*, bloquead*, bloquear*, desactivad*, expire*, deleted, geloscht, restreint, restreinte, restringid*, limitad*",
  secretData:
    "card number, cvv, cvc, cvv code, card details, credit card details, kartennummer, kreditkartennummer, kreditkartendaten, kartendaten, prufnummer, numero de carte, numero de ta carte, numero de votre carte, numero de tarjeta, numero de tu tarjeta, numero de su tarjeta, datos de tu tarjeta, datos de la tarjeta, datos de su tarjeta, online banking, onlinebanking, banking login, bank login, password, passwort, kennwort, mot de passe, contrasena, identifiants bancaires, claves del banco, clave bancaria, zugangsdaten, login details, login data, expiry date, ablaufdatum, date d expiration, fecha de caducidad, social security, numero de la carte, numero de la tarjeta, bank card number, numero de carte bancaire, numero de la carte bancaire, datos de la cuenta bancaria",
  identity:
    "id card, identity card, your id, passport, personalausweis*, ausweis*, reisepass*, carte d identite, passeport, piece d identite, dni, pasaporte, documento de identidad, driving licence, driver s license, fuhrerschein*",
  photo:
    "photo, picture, scan, copy, selfie, foto, bild, kopie, photocopie, copie, copia, fotocopia, front and back, vorder, recto",
  mistake:
    "mistake, mistakenly, accident, accidentally, versehentlich, versehen, irrtumlich, par erreur, por error, equivocacion, sin querer",
  handOn:
    "forward*, send, give, tell, text, read, weiterleit*, leite, schick, schicke, schickst, schicken, sag, sagst, gib, nenn, renvoy*, renvoie*, redonn*, transmet*, transfere*, donne, donner, donnez, dis, dites, dire, envoie, envoyer, envoyez, reenvi*, pasar, enviar, mandar, decir, dices",
  realPerson:
    "are real, re real, real person, real buyer, real seller, real human, a human, bot, a robot, scammer, legit, echt bist, echt sind, echt seid, echte person, echter mensch, betruger, roboter, vraie personne, etes reel, es reel, reelle, arnaqueur, escroc, robot, eres real, es real, persona real, persona de verdad, eres de verdad, estafador, not a scam, no scam, kein fake, pas un fake, no eres un bot",
  bringer:
    "courier*, kurier*, fahrer, driver, coursier*, chauffeur, transporteur*, transportista*, mensajer*, spediteur*, mover*, agent, agente",
  dues: "insurance, customs, versicherung*, zoll*, assurance, douane*, seguro, aduana*, tax, taxes, taxe, impuesto",
  unlock:
    "unlock*, unblock*, release, releases, released, on hold, freischalt*, freizuschalten, freigeschaltet, freigegeben, freigabe, freigeben, freizugeben, entsperr*, debloqu*, liberer, libere, liberation, liberar, libera, desbloque*",
  remoteTool:
    "anydesk, any desk, teamviewer, team viewer, quicksupport, quick support, rustdesk, airdroid, remote access, fernzugriff, fernwartung, acces a distance, prise en main, controle a distance, acceso remoto, control remoto",
  held: "pending, on hold, held, holding, holds, withheld, frozen, deducted, debited, ausstehend, ausstehende, zuruckgehalten, halt, einbehalten, eingefroren, abgebucht, abgezogen, blockiert, gesperrt, en attente, bloque, bloquee, retenu, retenue, retient, gele, gelee, debite, pendiente, retenido, retiene, bloqueado, congelado, descontado",
  until:
    "until, till, unless, once, after, as soon as, bis, sobald, erst, wenn, tant que, jusqu a ce que, des que, jusqu, apres, une fois, hasta, cuando, despues de, en cuanto, tras",
  payService:
    "paypal, zelle, venmo, cashapp, cash app, bank, banque, banco, sparkasse, klarna, revolut, bizum, lydia, wero, stripe, wise",
  proofOfSending:
    "tracking number, tracking id, tracking code, shipping receipt, shipment receipt, proof of shipping, proof of shipment, postal receipt, sendungsnummer*, versandbeleg*, versandnachweis*, versandbestatigung*, einlieferungsbeleg*, paketnummer*, trackingnummer*, numero de suivi, preuve d envoi, preuve de depot, bordereau d envoi, justificatif d envoi, numero de seguimiento, comprobante de envio, comprobante del envio, resguardo de envio, justificante de envio, codigo de seguimiento",
  moneyMoved:
    "payment, transfer, money, funds, zahlung, betrag, geld, uberweisung, kaufpreis, paiement, virement, argent, fonds, montant, pago, transferencia, dinero, importe, fondos",
  parent: "mum, mom, mama, mami, mutti, maman, dad, papa, papi, vati, mummy, daddy",
  keepShare:
    "keep, behalt*, garde*, gardez, gardes, quedas, quedate, quedese, queda, quedan, quedarse, gardent, behaltst, percent*, prozent*, provision, comision",
  soldier:
    "soldier, soldat, soldatin, soldado, militaire, militar, military, army, us general, general, widow, witwe, veuve, viuda, diplomat*, peacekeep*",
  chest:
    "box, package, parcel, consignment, trunk, luggage, paket, kiste, koffer, colis, malle, valise, caisse, paquete, caja, maleta",
  youWon:
    "you won, you ve won, you have won, you win, you are the winner, been selected, were selected, were chosen, been chosen, ete choisi, ete choisie, sido elegida, ausgewahlt, haben gewonnen, hast gewonnen, sie gewonnen, du gewonnen, wurden ausgewahlt, wurdest ausgewahlt, wurde ausgelost, avez gagne, as gagne, ete selectionne, ete selectionnee, has ganado, ha ganado, habeis ganado, sido seleccionado, sido seleccionada, sido elegido, congratulations, herzlichen gluckwunsch, felicitations, enhorabuena, felicidades",
  prize:
    "iphone, ipad, macbook, samsung, playstation, ps5, prize, preis, gewinn, prix, lot, premio, gift card, voucher, gutschein, lottery, lotterie, loterie, loteria, jackpot, giveaway, cash prize, thermomix, ninja, dyson",
  lawyer:
    "lawyer, attorney, barrister, solicitor, banker, executor, anwalt, rechtsanwalt, anwaltin, notar, nachlassverwalter, notaire, avocat, banquier, abogado, abogada, notario, banquero",
  heir: "relative, deceased, late client, next of kin, inheritance, verwandter, verwandte, verstorben*, erbe, erbschaft, hinterlassen, parent, proche, defunt, decede, heritage, legue, familiar, pariente, fallecid*, herencia, heredero, difunto",
  loan: "loan, loans, lend, lending, kredit, kredite, darlehen, privatkredit, pret, prets, credit, prestamo, prestamos, credito, creditos",
  yourCard:
    "bank card, bankcard, credit card, debit card, bankkarte*, kreditkarte*, ec karte, girokarte*, carte bancaire, carte bleue, carte de credit, tarjeta bancaria, tarjeta de credito, tarjeta de debito, tu tarjeta, su tarjeta",
  bareCard:
    "your card, deine karte, deiner karte, ihre karte, ihrer karte, ta carte, votre carte, tu tarjeta, su tarjeta",
  bothSides:
    "front and back, both sides, vorder und ruckseite, vorderseite, ruckseite, beide seiten, beiden seiten, recto verso, recto et verso, deux cotes, dos lados, ambos lados, ambas caras, dos caras, delante y detras",
  collectible:
    "pokemon*, yugioh, magic, sammel*, collect*, collector*, panini, graphics, grafik*, graphique, grafica, sim, memory, speicher*, memoire, memoria, sd, sound, game*, spiel*, jeu, juego, birthday, geburtstag*, post, postcard*, voeux",
  asFriend:
    "as a friend, as friend, as friends, als freund, als freunde, als bekannter, comme ami, comme amis, comme un ami, en tant qu ami, como amigo, como amigos, a un amigo, a amigos, to a friend, to friends, an freunde, an einen freund, a un ami, a un proche, a des amis",
  theirAccount:
    "your account, your listing, your profile, your ad, ihr konto, dein konto, ihr inserat, dein inserat, ihre anzeige, deine anzeige, ihr profil, dein profil, ihr account, dein account, votre compte, ton compte, votre annonce, ton annonce, votre profil, tu cuenta, su cuenta, tu anuncio, su anuncio, tu perfil, su perfil",
  manyWant:
    "interested, interest, interessent*, interessiert*, anfragen, nachfrage, many people, other people, several people, other buyers, lots of, demandes, interesse*, acheteurs, interesad*, mucha gente, varias personas, muchos, otros compradores",
  deposit: "deposit, anzahlung, kaution, acompte, caution, arrhes, senal, fianza, adelanto",
  atHome:
    "from home, at home, von zuhause, von zu hause, von daheim, depuis la maison, depuis chez, a la maison, de chez, desde casa, en casa, de casa",
  ...blackmailGroups,
  ...lureGroups,
  ...pretextGroups,
};

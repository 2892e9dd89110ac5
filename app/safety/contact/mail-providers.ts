import { wordSet } from "../words/word-set";

/** Who gives everybody an address. */
export const mailProviders = wordSet(
  `gmail googlemail gmx web hotmail outlook live msn yahoo ymail icloud me mac aol tonline freenet posteo
  mailbox proton protonmail pm tutanota tuta mail email orange wanadoo free laposte sfr bbox neuf yandex
  telefonica terra ono btinternet virginmedia sky talktalk bluewin fastmail hey vodafone arcor gmial gmal
  hotmial mailinator zoho`,
);

/** Those of them whose name means nothing else. */
export const sureProviders = wordSet(
  `gmail googlemail gmx hotmail ymail icloud protonmail posteo tutanota laposte wanadoo gmial gmal hotmial
  tonline btinternet`,
);

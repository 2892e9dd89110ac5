import type { DemoPerson } from "./types";

/** The accounts that the docs promise by address. Nobody else may have these keys. */
export const fixedPeople: readonly DemoPerson[] = [
  {
    key: "buyer",
    email: "buyer@demo.test",
    name: "Mira K.",
    role: "user",
    isVerified: true,
    dealsDone: 12,
  },
  {
    key: "seller",
    email: "seller@demo.test",
    name: "Jonas V.",
    role: "user",
    isVerified: true,
    dealsDone: 37,
  },
  { key: "outsider", email: "outsider@demo.test", name: "Priya S.", role: "user", dealsDone: 0 },
  { key: "moderator", email: "moderator@demo.test", name: "Helen M.", role: "moderator" },
  { key: "moderator2", email: "moderator2@demo.test", name: "Tomas B.", role: "moderator" },
  { key: "admin", email: "admin@demo.test", name: "Ruben A.", role: "admin" },
];

const neighbours: readonly DemoPerson[] = [
  {
    key: "anneliese",
    email: "anneliese@demo.test",
    name: "Anneliese T.",
    role: "user",
    isVerified: true,
    dealsDone: 140,
  },
  { key: "lucia", email: "lucia@demo.test", name: "Lucía M.", role: "user", dealsDone: 1 },
  { key: "camille", email: "camille@demo.test", name: "Camille D.", role: "user" },
  { key: "emre", email: "emre@demo.test", name: "Emre Y.", role: "user" },
  { key: "deniz", email: "deniz@demo.test", name: "Deniz Ç.", role: "user" },
  { key: "kasia", email: "kasia@demo.test", name: "Kasia Ł.", role: "user" },
  { key: "oksana", email: "oksana@demo.test", name: "Оксана Б.", role: "user" },
  { key: "taras", email: "taras@demo.test", name: "Тарас Л.", role: "user" },
  { key: "layla", email: "layla@demo.test", name: "ليلى ح.", role: "user" },
  { key: "yousef", email: "yousef@demo.test", name: "يوسف ن.", role: "user" },
  { key: "noa", email: "noa@demo.test", name: "נועה ש.", role: "user" },
  { key: "eitan", email: "eitan@demo.test", name: "איתן ר.", role: "user" },
  { key: "haruka", email: "haruka@demo.test", name: "はるか", role: "user" },
  { key: "ren", email: "ren@demo.test", name: "蓮 T.", role: "user" },
  { key: "anjali", email: "anjali@demo.test", name: "अंजलि प.", role: "user" },
  { key: "vikram", email: "vikram@demo.test", name: "विक्रम", role: "user" },
  { key: "eleni", email: "eleni@demo.test", name: "Ελένη Π.", role: "user" },
  { key: "nikos", email: "nikos@demo.test", name: "Νίκος Α.", role: "user" },
  {
    key: "maximiliane",
    email: "maximiliane@demo.test",
    name: "Maximiliane-Theodora Annabell von und zu Hohenbrück-Sternfelden-Oberwallenroda",
    role: "user",
    isVerified: true,
    dealsDone: 1204,
  },
  { key: "sam", email: "sam@demo.test", name: "Sam O.", role: "user" },
  { key: "chidi", email: "chidi@demo.test", name: "Chidi N.", role: "user", isVerified: true },
  { key: "freya", email: "freya@demo.test", name: "Freya L.", role: "user", dealsDone: 8 },
  { key: "mateo", email: "mateo@demo.test", name: "Mateo G.", role: "user" },
  { key: "aroha", email: "aroha@demo.test", name: "Aroha P.", role: "user" },
  { key: "linh", email: "linh@demo.test", name: "Linh Đ.", role: "user" },
  { key: "bo", email: "bo@demo.test", name: "Bo", role: "user" },
];

/** Everybody in the demo market. All names are invented. */
export const demoPeople: readonly DemoPerson[] = [...fixedPeople, ...neighbours];

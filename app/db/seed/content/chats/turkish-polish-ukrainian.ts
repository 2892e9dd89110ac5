import { buyer, seller } from "../lines";
import type { DemoChat } from "../types";

export const turkish: readonly DemoChat[] = [
  {
    listingReference: "L-1030",
    buyerKey: "emre",
    status: "open",
    lastActivityHoursBeforeNow: 25,
    lines: [
      buyer(0, "Merhaba Deniz, sarı çizmeler duruyor mu?"),
      seller(12, "Merhaba! Duruyor, kapının önünde yağmur bekliyorlar ☔"),
      buyer(2, "Yeğenim için soracaktım. 28 numara kaç santim geliyor?"),
      seller(7, "İçini ölçtüm: 17,5 cm. Kalın çorapla giyecekse bir buçuk santim pay bırakın."),
      buyer(3, "Ayağı 16 cm, tam olur. Su alıyor mu?"),
      seller(4, "Almıyor, dün küvette denedik. Küvet bizi, biz küveti affettik 😅"),
      buyer(1, "😂"),
      buyer(5, "Sol teki neden gıcırdıyor?"),
      seller(3, "Kimse bilmiyor. Kızım onun konuştuğunu söylüyor."),
      buyer(2, "O zaman mutlaka almalıyız. 12 olur mu?"),
      seller(9, "Konuşan çizmeye 12 az 🙂 13 diyelim, yanına bir de şemsiye veririm."),
      buyer(1, "Anlaştık! Yarın iskelede, 17:30 gibi?"),
      seller(3, "Olur. Çizmeleri sesinden tanırsınız."),
      buyer(1, "Çok teşekkürler 🙏"),
    ],
  },
];

export const polish: readonly DemoChat[] = [
  {
    listingReference: "L-1026",
    buyerKey: "kasia",
    status: "open",
    lastActivityHoursBeforeNow: 141,
    lines: [
      buyer(0, "Dzień dobry! Czy akordeon nadaje się dla osoby, która grała dwadzieścia lat temu?"),
      seller(
        58,
        "Добрий день! Dzień dobry! Piszę po polsku z błędami, przepraszam. Tak, nadaje się, on lekki: 8,5 kg.",
      ),
      buyer(3, "Pisze pan świetnie. Czy wszystkie głosy stroją?"),
      seller(
        6,
        "Wszystkie. Stroił mistrz, trzy lata temu. Dwa basy rano trochę się zacinają, potem dobrze.",
      ),
      buyer(2, "Mam tak samo: rano trochę się zacinam, potem dobrze 😄"),
      seller(1, "😂😂"),
      buyer(7, "Czy zszedłby pan do 260?"),
      seller(22, "Za 275 oddam, i nuty mojego wujka: polki, walce, wszystko ręcznie pisane."),
      buyer(4, "Nuty wujka! Biorę. Kiedy mogę przyjechać?"),
      seller(
        11,
        "W niedzielę po trzeciej. Zagramy coś razem, wtedy wiadomo, że instrument pani pasuje.",
      ),
      buyer(2, "Tylko proszę się nie śmiać."),
      seller(1, "Nigdy. Мій собака виє, але він так радіє."),
      buyer(3, "To będzie trio 🎶🐕"),
    ],
  },
  {
    listingReference: "L-1031",
    buyerKey: "oksana",
    status: "open",
    lastActivityHoursBeforeNow: 290,
    lines: [
      buyer(0, "Dzień dobry, czy kolejka pasuje do torów innych firm?"),
      seller(13, "Dzień dobry! Tak, mieliśmy trzy różne i wszystko się łączyło."),
      buyer(5, "A ile zajmuje miejsca, gdy się ją rozłoży? Mamy mały pokój 🇺🇦➡️🇵🇱"),
      seller(4, "Ósemka mieści się na metr na półtora. Całość… zajmuje korytarz i cierpliwość."),
      buyer(2, "Cierpliwość mamy. Korytarza nie 🙂"),
      seller(6, "To wystarczy ósemka, reszta idzie do pudełka pod łóżko."),
      buyer(3, "Czy można zapłacić przy odbiorze?"),
      seller(1, "Oczywiście."),
      buyer(9, "Muszę jeszcze zapytać syna, czy woli kolejkę, czy klocki."),
      seller(2, "Rozumiem, poważna decyzja."),
      buyer(1450, "Wybrał klocki. Bardzo przepraszam i dziękuję za rozmowę!"),
      seller(30, "Nic nie szkodzi! Klocki to też dobry wybór. Wszystkiego dobrego dla Was 💙💛"),
    ],
  },
];

export const ukrainian: readonly DemoChat[] = [
  {
    listingReference: "L-1025",
    buyerKey: "taras",
    status: "open",
    lastActivityHoursBeforeNow: 30,
    unreadFor: { buyer: 1 },
    lines: [
      buyer(0, "Добрий вечір, пані Оксано! Машинка візьме щільну тканину, брезент наприклад?"),
      seller(35, "Добрий вечір! Джинс у чотири шари бере, брезент теж, але голка потрібна сота."),
      buyer(3, "Чудово, я шию чохли для акордеонів."),
      seller(2, "Оце так справа! А я думала, штори."),
      buyer(4, "Штори теж, коли дружина попросить 🙂 Педаль не гріється?"),
      seller(6, "Ні, педаль міняла торік. Мотор гуде рівно, як кіт на печі."),
      buyer(8, "За 60 віддасте?"),
      seller(
        15,
        "65 — і покладу коробку з лапками, шпульки та нитки, яких мені вистачить ще на три життя.",
      ),
      buyer(2, "Згода. У суботу зранку можу під'їхати."),
      seller(5, "У суботу з десятої я вдома. Візьміть когось сильного, вона важить 14 кілограмів."),
      buyer(1, "Я ношу акордеон щодня, впораюся 💪"),
      seller(
        420,
        "І ще: можу показати, як заправляти нитку. Там є одна хитрість, якої немає в інструкції.",
      ),
    ],
  },
  {
    listingReference: "L-1026",
    buyerKey: "oksana",
    status: "open",
    lastActivityHoursBeforeNow: 84,
    lines: [
      buyer(0, "Добрий день! Акордеон шукаю для доньки, їй тринадцять. Не завеликий?"),
      seller(
        17,
        "Добрий день! 80 басів — якраз підлітковий розмір. Головне, щоб стілець був низький.",
      ),
      buyer(4, "А футляр цілий? Ви пишете, що він бачив весілля."),
      seller(3, "Цілий. Один замок тримається на чесному слові, але тримається."),
      buyer(2, "Як і всі ми 😄"),
      seller(1, "Золоті слова."),
      buyer(11, "Чи можна взяти на тиждень спробувати, із заставою?"),
      seller(
        48,
        "Можна. Тільки в неділю приїде пані, яка теж ним цікавиться. Якщо вона не візьме, з понеділка він Ваш на тиждень, без застави.",
      ),
      buyer(3, "Без застави? Ви ж мене не знаєте."),
      seller(2, "Ви пишете без помилок і питаєте про футляр. Мені досить."),
      buyer(1, "Дякую Вам! Донька вже шукає ноти 🎵"),
    ],
  },
];

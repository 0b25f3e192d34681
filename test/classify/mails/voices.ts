/** What the customer and the shop say in each language of the corpus; the mails are put together from these. */
export interface Voice {
  /** The customer's message: two lines. */
  readonly asks: readonly [string, string];
  /** What the shop had written before: two lines. */
  readonly shop: readonly [string, string];
}

export const VOICES = {
  en: {
    asks: ['Hello, the kettle from order 48213 still leaks.', 'Can you send another one this week?'],
    shop: ['Thank you for writing to us.', 'Your order was cancelled and the money is refunded.'],
  },
  de: {
    asks: [
      'Hallo, der Wasserkocher aus Bestellung 48213 tropft noch immer.',
      'Können Sie mir diese Woche einen neuen schicken?',
    ],
    shop: ['Vielen Dank für Ihre Nachricht.', 'Ihre Bestellung wurde storniert, das Geld ist erstattet.'],
  },
  fr: {
    asks: [
      'Bonjour, la bouilloire de la commande 48213 fuit toujours.',
      'Pouvez-vous en envoyer une autre cette semaine ?',
    ],
    shop: ['Merci pour votre message.', 'Votre commande a été annulée et remboursée.'],
  },
  es: {
    asks: ['Hola, el hervidor del pedido 48213 sigue goteando.', '¿Pueden enviarme otro esta semana?'],
    shop: ['Gracias por su mensaje.', 'Su pedido fue cancelado y el dinero devuelto.'],
  },
  it: {
    asks: [
      "Buongiorno, il bollitore dell'ordine 48213 perde ancora acqua.",
      'Potete mandarmene un altro questa settimana?',
    ],
    shop: ['Grazie per averci scritto.', 'Il suo ordine è stato annullato e rimborsato.'],
  },
  nl: {
    asks: [
      'Hallo, de waterkoker van bestelling 48213 lekt nog steeds.',
      'Kunnen jullie deze week een andere sturen?',
    ],
    shop: ['Bedankt voor je bericht.', 'Je bestelling is geannuleerd en het geld is terugbetaald.'],
  },
  pt: {
    asks: ['Olá, a chaleira da encomenda 48213 ainda pinga.', 'Podem enviar outra esta semana?'],
    shop: ['Obrigado pela sua mensagem.', 'A sua encomenda foi cancelada e o dinheiro devolvido.'],
  },
  pl: {
    asks: [
      'Dzień dobry, czajnik z zamówienia 48213 nadal przecieka.',
      'Czy możecie przysłać drugi w tym tygodniu?',
    ],
    shop: ['Dziękujemy za wiadomość.', 'Zamówienie zostało anulowane, a pieniądze zwrócone.'],
  },
  sv: {
    asks: ['Hej, vattenkokaren från order 48213 läcker fortfarande.', 'Kan ni skicka en ny den här veckan?'],
    shop: ['Tack för ditt meddelande.', 'Din order är makulerad och pengarna återbetalda.'],
  },
  da: {
    asks: ['Hej, elkedlen fra ordre 48213 drypper stadig.', 'Kan I sende en ny i denne uge?'],
    shop: ['Tak for din besked.', 'Din ordre er annulleret og pengene er refunderet.'],
  },
  no: {
    asks: ['Hei, vannkokeren fra ordre 48213 lekker fortsatt.', 'Kan dere sende en ny denne uken?'],
    shop: ['Takk for meldingen.', 'Bestillingen din er kansellert og pengene er refundert.'],
  },
  fi: {
    asks: ['Hei, tilauksen 48213 vedenkeitin vuotaa edelleen.', 'Voitteko lähettää uuden tällä viikolla?'],
    shop: ['Kiitos viestistäsi.', 'Tilauksesi on peruttu ja rahat palautettu.'],
  },
  cs: {
    asks: ['Dobrý den, konvice z objednávky 48213 stále teče.', 'Můžete mi tento týden poslat jinou?'],
    shop: ['Děkujeme za zprávu.', 'Vaše objednávka byla zrušena a peníze vráceny.'],
  },
  tr: {
    asks: [
      'Merhaba, 48213 numaralı siparişteki su ısıtıcısı hâlâ damlatıyor.',
      'Bu hafta yenisini gönderebilir misiniz?',
    ],
    shop: ['Mesajınız için teşekkürler.', 'Siparişiniz iptal edildi ve para iade edildi.'],
  },
  ja: {
    asks: ['こんにちは。注文48213のケトルがまだ水漏れします。', '今週中に別のものを送ってもらえますか。'],
    shop: ['お問い合わせありがとうございます。', 'ご注文はキャンセルされ、返金されました。'],
  },
  zh: {
    asks: ['您好，订单48213的水壶还在漏水。', '这周能再寄一个吗？'],
    shop: ['感谢您的来信。', '您的订单已取消并已退款。'],
  },
  ru: {
    asks: ['Здравствуйте, чайник из заказа 48213 всё ещё течёт.', 'Можете прислать другой на этой неделе?'],
    shop: ['Спасибо за ваше сообщение.', 'Ваш заказ отменён, деньги возвращены.'],
  },
  hu: {
    asks: [
      'Jó napot, a 48213-as rendelés vízforralója még mindig csöpög.',
      'Tudnának küldeni egy másikat a héten?',
    ],
    shop: ['Köszönjük az üzenetét.', 'A rendelését töröltük, a pénzt visszautaltuk.'],
  },
  ro: {
    asks: [
      'Bună ziua, fierbătorul din comanda 48213 încă picură.',
      'Puteți trimite altul săptămâna aceasta?',
    ],
    shop: ['Vă mulțumim pentru mesaj.', 'Comanda a fost anulată și banii returnați.'],
  },
  uk: {
    asks: [
      'Добрий день, чайник із замовлення 48213 досі протікає.',
      'Чи можете надіслати інший цього тижня?',
    ],
    shop: ['Дякуємо за повідомлення.', 'Ваше замовлення скасовано, гроші повернено.'],
  },
} as const satisfies Record<string, Voice>;

export type Language = keyof typeof VOICES;

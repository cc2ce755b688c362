import type { ChannelTexts } from './world.ts'

type StandardTexts = Omit<ChannelTexts, 'fallback'>

/** What a channel says to STOP, START and HELP where nobody wrote something better. Each fits one GSM 7-bit segment. */
const byLanguage: { readonly [language: string]: StandardTexts } = {
  en: {
    stop: 'You are unsubscribed and will get no more messages. Reply START to subscribe again.',
    start: 'You are subscribed again. Reply STOP to unsubscribe, HELP for help.',
    help: 'Reply STOP to unsubscribe, START to subscribe again.',
  },
  de: {
    stop: 'Sie sind abgemeldet und erhalten keine Nachrichten mehr. Mit START melden Sie sich wieder an.',
    start: 'Sie sind wieder angemeldet. Mit STOP melden Sie sich ab.',
    help: 'Mit STOP melden Sie sich ab, mit START wieder an.',
  },
  es: {
    stop: 'Se ha dado de baja y no recibirá más mensajes. Responda START para volver a suscribirse.',
    start: 'Está suscrito de nuevo. Responda STOP para darse de baja.',
    help: 'Responda STOP para darse de baja, START para volver a suscribirse.',
  },
  fr: {
    stop: 'Vous êtes désinscrit et ne recevrez plus de messages. Répondez START pour vous réinscrire.',
    start: 'Vous êtes de nouveau inscrit. Répondez STOP pour vous désinscrire.',
    help: 'Répondez STOP pour vous désinscrire, START pour vous réinscrire.',
  },
  hu: {
    stop: 'Leiratkozott, nem küldünk több üzenetet. START szóval újra feliratkozhat.',
    start: 'Újra feliratkozott. STOP szóval leiratkozhat.',
    help: 'STOP: leiratkozás, START: újra feliratkozás.',
  },
  id: {
    stop: 'Anda telah berhenti berlangganan. Balas START untuk berlangganan lagi.',
    start: 'Anda berlangganan lagi. Balas STOP untuk berhenti.',
    help: 'Balas STOP untuk berhenti, START untuk berlangganan lagi.',
  },
}

/** The standard texts in the first of `languages` that has them, else in English. */
export function standardTexts(languages: readonly string[]): StandardTexts {
  const known = languages.map((language) => byLanguage[language.split('-')[0]?.toLowerCase() ?? '']).find(Boolean)
  return known ?? (byLanguage.en as StandardTexts)
}

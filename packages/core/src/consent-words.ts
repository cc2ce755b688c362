import { words } from './text-fold.ts'

/** What a contact asks of the service itself, before any flow (CONTRACT §3). */
export type ConsentAction = 'stop' | 'start' | 'help'

/** Where a contact stands when the text arrives. */
export interface ConsentSituation {
  /** Language tags whose words count beside the English ones, which always do. */
  readonly languages: readonly string[]
  /** True while a session waits for a reply: CANCEL, END and QUIT are answers to its question then. */
  readonly awaitingReply: boolean
  /** True after a STOP: only then is START more than a text for the flows. */
  readonly optedOut: boolean
  /** Words that a channel has beside these. */
  readonly own?: OwnConsentWords
}

/** What a channel changes of the words, each in any case and with any accents. */
export interface OwnConsentWords {
  readonly stop?: readonly string[]
  readonly start?: readonly string[]
  readonly help?: readonly string[]
  /** Words that are left to the flows; STOP itself cannot be. */
  readonly free?: readonly string[]
}

/**
 * What a text means for the consent of its sender, undefined when it is one for the flows. The text must be the word and
 * nothing else; case, accents and punctuation do not matter.
 *
 * STOP and its kin always count. CANCEL, END and QUIT, which US carriers list beside STOP (47 CFR §64.1200(a)(10)), count
 * only while no session waits for a reply: "reply CANCEL to cancel your appointment" must reach its flow.
 */
export function consentAction(text: string, situation: ConsentSituation): ConsentAction | undefined {
  // No word below is longer than three words; a long text need not be folded to know that it is none.
  if (text.length > 60) return undefined
  const said = spoken(text)
  const { own = {} } = situation
  if (said !== 'stop' && own.free?.some((word) => spoken(word) === said)) return undefined
  const isOwn = (list: readonly string[] | undefined) =>
    said !== '' && list?.some((word) => spoken(word) === said) === true
  const isOneOf = (kind: keyof ConsentWords): boolean =>
    (kind !== 'leave' && isOwn(own[kind])) ||
    vocabularies(situation.languages).some((vocabulary) => vocabulary[kind].includes(said))
  if (isOneOf('stop') || (!situation.awaitingReply && isOneOf('leave'))) return 'stop'
  if (situation.optedOut && isOneOf('start')) return 'start'
  return isOneOf('help') ? 'help' : undefined
}

/** The words of a text, folded; a word said again and again counts once. */
function spoken(text: string): string {
  const all = words(text)
  return all.every((word) => word === all[0]) ? (all[0] ?? '') : all.join(' ')
}

/** The service's answer to a STOP, START or HELP, in a language or else in English; one segment long in each. */
export function consentText(action: ConsentAction, language: string | undefined): string {
  return (texts[subtag(language ?? 'en')] ?? english)[action]
}

/** Words of one language as `words` folds them; `leave` are those that a question may have as an answer. */
interface ConsentWords {
  readonly stop: readonly string[]
  readonly leave: readonly string[]
  readonly start: readonly string[]
  readonly help: readonly string[]
}

const englishWords: ConsentWords = {
  stop: ['stop', 'stopall', 'stop all', 'unsubscribe', 'optout', 'opt out', 'revoke'],
  leave: ['cancel', 'end', 'quit'],
  start: ['start', 'unstop'],
  help: ['help'],
}

const otherWords: { readonly [language: string]: ConsentWords } = {
  es: {
    stop: ['parar', 'darse de baja', 'darme de baja'],
    leave: ['baja', 'cancelar', 'salir'],
    start: ['alta', 'iniciar'],
    help: ['ayuda'],
  },
  fr: {
    stop: ['arret', 'arreter', 'desabonner', 'desinscrire', 'desinscription'],
    leave: ['annuler', 'quitter'],
    start: ['reprendre', 'reabonner'],
    help: ['aide'],
  },
  de: {
    stop: ['stopp', 'abmelden', 'abbestellen'],
    leave: ['beenden', 'kundigen', 'kuendigen'],
    start: ['anmelden', 'starten'],
    help: ['hilfe'],
  },
  hu: {
    stop: ['allj', 'leiratkozas', 'leiratkozom', 'leiratkozok'],
    leave: ['kilepes', 'lemondas'],
    start: ['feliratkozas', 'feliratkozom', 'feliratkozok'],
    help: ['segitseg'],
  },
  id: {
    stop: ['berhenti', 'berhenti berlangganan'],
    leave: ['batal', 'keluar'],
    start: ['mulai', 'langganan'],
    help: ['bantuan'],
  },
}

const english: Readonly<Record<ConsentAction, string>> = {
  stop: 'You are unsubscribed and will get no more messages. Reply START to subscribe again.',
  start: 'You are subscribed again. Reply STOP to unsubscribe, HELP for help.',
  help: 'This is an automatic message service. Reply STOP to unsubscribe.',
}

const texts: { readonly [language: string]: Readonly<Record<ConsentAction, string>> } = {
  en: english,
  es: {
    stop: 'Te has dado de baja. Responde START para volver a recibir mensajes.',
    start: 'Vuelves a recibir mensajes. Responde STOP para darte de baja.',
    help: 'Servicio de mensajes. Responde STOP para darte de baja.',
  },
  fr: {
    stop: 'Désinscription faite. Répondez START pour vous réinscrire.',
    start: 'Inscription faite. Répondez STOP pour vous désinscrire.',
    help: 'Service de messages. Répondez STOP pour vous désinscrire.',
  },
  de: {
    stop: 'Sie sind abgemeldet. Antworten Sie START, um sich wieder anzumelden.',
    start: 'Sie sind wieder angemeldet. Antworten Sie STOP, um sich abzumelden.',
    help: 'Nachrichtendienst. Antworten Sie STOP, um sich abzumelden.',
  },
  hu: {
    stop: 'Leiratkozott. Ha újra kér üzeneteket, válaszoljon START szóval.',
    start: 'Újra kap üzeneteket. Leiratkozás: válaszoljon STOP szóval.',
    help: 'Üzenetküldő szolgáltatás. Leiratkozás: válaszoljon STOP szóval.',
  },
  id: {
    stop: 'Anda berhenti berlangganan. Balas START untuk berlangganan lagi.',
    start: 'Anda berlangganan lagi. Balas STOP untuk berhenti.',
    help: 'Layanan pesan. Balas STOP untuk berhenti berlangganan.',
  },
}

/** The languages that have words and texts of their own. */
export const consentLanguages: readonly string[] = Object.keys(texts)

function vocabularies(languages: readonly string[]): readonly ConsentWords[] {
  const others = languages.flatMap((language) => otherWords[subtag(language)] ?? [])
  return [englishWords, ...others]
}

/** `pt-BR` and `pt` speak alike here. */
function subtag(language: string): string {
  return language.toLowerCase().split('-')[0] ?? ''
}

import { words } from './text-fold.ts'

/** A longer text tells a story, in which somebody may well stop somewhere. */
const MOST_WORDS = 12
const MOST_CHARACTERS = 160

/**
 * Whether a text that is none of the words of consent may still have meant STOP, so that a person should read it:
 * "please stop texting", "take me off this list". It is told apart by a few words that stand together, so some texts are
 * shown that meant nothing of the kind; whoever reads them decides. Words of all languages count: who writes in anger
 * writes in their own.
 */
export function mayMeanStop(text: string): boolean {
  if (text.length > MOST_CHARACTERS) return false
  const said = words(text)
  if (said.length === 0 || said.length > MOST_WORDS) return false
  const line = ` ${said.join(' ')} `
  return hints.some((hint) => hint.test(line)) && !innocent.some((phrase) => line.includes(` ${phrase} `))
}

/** Texts in which the words of the hints mean something else. */
const innocent = [
  'dont stop',
  'do not stop',
  'never stop',
  'non stop',
  'bus stop',
  'tram stop',
  'stop by',
  'one stop',
  'next stop',
]

/** Over words as `words` folds them, one blank before and behind each. */
const hints: readonly RegExp[] = [
  / (?:stop|stopp|stopall|unsubscribe|unsubscribed|unsubcribe|unsuscribe|optout|opt me out|opt out) /,
  / (?:remove|delete|take) (?:me|my number|us|this number) /,
  / (?:no more|quit|cease|end) (?:these |the |your |all )?(?:texts?|texting|messages?|messaging|sms|spam) /,
  / (?:do not|dont|never) (?:ever )?(?:text|message|contact|write|sms|spam|call) /,
  / leave me alone /,
  / wrong (?:number|person) /,
  / (?:parar|pare|paren|baja|borrenme|no me (?:escriban|envien|manden|contacten)|no quiero (?:mas )?(?:mensajes|sms)) /,
  / (?:arret|arretez|arreter|desabonnez|desabonner|desinscrivez|plus de (?:messages?|sms)|ne menvoyez plus|ne mecrivez plus) /,
  / (?:abmelden|abbestellen|keine (?:weiteren )?(?:nachrichten|sms)|nicht mehr (?:schreiben|anschreiben|senden)|aufhoren) /,
  / (?:leiratkoz\p{L}*|ne (?:irjon|irjanak|kuldjon|kuldjenek|zaklass\p{L}*)|nem kerek (?:tobb|tobbet)|hagyjanak beken|torolj\p{L}*) /u,
  / (?:berhenti|jangan (?:kirim|hubungi|sms)|hapus nomor) /,
]

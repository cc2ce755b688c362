import { describe, expect, test } from 'vitest'
import { mayMeanStop } from './consent-near-miss.ts'
import { type ConsentSituation, consentAction, consentLanguages, consentText } from './consent-words.ts'

const idle: ConsentSituation = { languages: ['en'], awaitingReply: false, optedOut: false }
const asked: ConsentSituation = { ...idle, awaitingReply: true }
const stopped: ConsentSituation = { ...idle, optedOut: true }

describe('consentAction', () => {
  test.each([
    { text: 'STOP', action: 'stop' },
    { text: ' stop. ', action: 'stop' },
    { text: 'Stop!!!', action: 'stop' },
    { text: 'STOPALL', action: 'stop' },
    { text: 'Opt-out', action: 'stop' },
    { text: 'opt out', action: 'stop' },
    { text: 'Unsubscribe', action: 'stop' },
    { text: 'revoke', action: 'stop' },
    { text: 'HELP?', action: 'help' },
    { text: 'stop it', action: undefined },
    { text: "don't stop", action: undefined },
    { text: 'bus stop', action: undefined },
    { text: 'help me', action: undefined },
    { text: '', action: undefined },
    { text: '...', action: undefined },
    { text: `stop${' '.repeat(1_000)}`, action: undefined },
  ])('"$text" means $action, whether or not a reply is awaited', ({ text, action }) => {
    expect(consentAction(text, idle)).toBe(action)
    expect(consentAction(text, asked)).toBe(action)
  })

  test.each(['cancel', 'END', 'Quit.'])('"%s" stops, but answers a question where one is asked', (text) => {
    expect(consentAction(text, idle)).toBe('stop')
    expect(consentAction(text, asked)).toBeUndefined()
  })

  test.each(['START', 'unstop'])('"%s" subscribes again after a STOP and is for the flows otherwise', (text) => {
    expect(consentAction(text, stopped)).toBe('start')
    expect(consentAction(text, idle)).toBeUndefined()
  })

  test.each([
    { text: 'Baja', language: 'es', action: 'stop' },
    { text: 'ARRÊT', language: 'fr', action: 'stop' },
    { text: 'abmelden', language: 'de', action: 'stop' },
    { text: 'Leiratkozás', language: 'hu', action: 'stop' },
    { text: 'berhenti', language: 'id-ID', action: 'stop' },
    { text: 'Segítség', language: 'hu-HU', action: 'help' },
    { text: 'STOP', language: 'hu', action: 'stop' },
  ])('"$text" means $action in $language', ({ text, language, action }) => {
    expect(consentAction(text, { ...idle, languages: [language] })).toBe(action)
  })

  test('words of languages that nobody speaks here are ordinary texts', () => {
    expect(consentAction('baja', { ...idle, languages: ['en', 'hu', 'xx'] })).toBeUndefined()
  })
})

describe('consentText', () => {
  test.each(
    consentLanguages.flatMap((language) => [...(['stop', 'start', 'help'] as const)].map((a) => [a, language])),
  )('the answer to %s in %s is short enough for one segment', (action, language) => {
    const text = consentText(action as 'stop', language)
    // GSM 7-bit (3GPP TS 23.038 §6.2.1) has é, ä and ü; Hungarian needs UCS-2.
    expect(text.length).toBeLessThanOrEqual(language === 'hu' ? 70 : 160)
  })

  test('a language without texts gets the English ones', () => {
    expect(consentText('stop', 'xx')).toBe(consentText('stop', 'en'))
    expect(consentText('stop', undefined)).toBe(consentText('stop', 'en'))
    expect(consentText('stop', 'hu-HU')).toBe(consentText('stop', 'hu'))
  })
})

const everywhere: ConsentSituation = { ...idle, languages: ['en', 'es', 'fr', 'de', 'hu'] }

describe('forty ways to write STOP', () => {
  test.each([
    'STOP',
    'stop',
    'Stop',
    'sToP',
    ' stop ',
    'STOP.',
    'stop!',
    'Stop!!!',
    '"STOP"',
    '(stop)',
    'stop…',
    '¡Stop!',
    'ＳＴＯＰ',
    'ｓｔｏｐ',
    'Ｓｔｏｐ！',
    'STOP\n',
    'stop\u00A0',
    'STOP STOP',
    'stop, stop, stop',
    'STÓP',
    '- STOP -',
    'STOPALL',
    'Stop all',
    'unsubscribe',
    'Unsubscribe.',
    'OPTOUT',
    'opt-out',
    'Opt Out',
    'revoke',
    'CANCEL',
    'End',
    'quit!',
    'BAJA',
    'Parar',
    'ARRÊT',
    'désabonner',
    'Abmelden',
    'STOPP',
    'Leiratkozás',
    'ÁLLJ!',
  ])('"%s"', (text) => {
    expect(consentAction(text, everywhere)).toBe('stop')
  })
})

describe('forty texts that are no STOP', () => {
  test.each([
    'stop it',
    'please stop',
    "don't stop",
    'non stop',
    'bus stop',
    'stop 12345',
    'stop by tomorrow',
    'STOP PROMO',
    'stopped',
    'stopping',
    'stopper',
    'stop?yes',
    'top',
    'stp',
    'sto',
    's top',
    's.t.o.p',
    'full stop please',
    'pit stop',
    'Stop & Shop',
    'unsubscribe me from A',
    'I opt out of lunch',
    'cancel my order',
    'cancel 2',
    'the end',
    'weekend',
    'end of story',
    'quite',
    'quit smoking',
    'baja 20',
    'arrêt de bus',
    'abmelden?ja',
    'leiratkozom a hírekről',
    'állj meg',
    'revoked',
    'START',
    'YES',
    '1',
    '👍',
    '',
  ])('"%s"', (text) => {
    expect(consentAction(text, everywhere)).toBeUndefined()
  })
})

describe('words of a channel’s own', () => {
  const own = { stop: ['Genug!', 'no más'], start: ['los'], help: ['Info'], free: ['END', 'Baja'] }
  test.each([
    { text: 'genug', optedOut: false, action: 'stop' },
    { text: 'NO MAS.', optedOut: false, action: 'stop' },
    { text: 'Los', optedOut: true, action: 'start' },
    { text: 'info?', optedOut: false, action: 'help' },
    { text: 'end', optedOut: false, action: undefined },
    { text: 'baja', optedOut: false, action: undefined },
    { text: 'stop', optedOut: false, action: 'stop' },
    { text: '!', optedOut: false, action: undefined },
  ])('"$text" means $action', ({ text, optedOut, action }) => {
    expect(consentAction(text, { ...everywhere, optedOut, own })).toBe(action)
  })
})

describe('a text that may have meant STOP', () => {
  test.each([
    'please stop texting',
    'Stop. Thank you',
    'STOP IT',
    'stop sending me this',
    'take me off your list',
    'remove me please',
    'no more texts',
    "don't text me again",
    'do not contact me',
    'leave me alone!',
    'wrong number',
    'unsubscribe me',
    'no quiero más mensajes',
    "ne m'envoyez plus de messages",
    'bitte keine nachrichten mehr',
    'Ne írjanak többet',
    'szeretnék leiratkozni',
    'tolong berhenti kirim sms',
  ])('"%s" is for a person to read', (text) => {
    expect(mayMeanStop(text)).toBe(true)
  })

  test.each([
    'yes',
    '42',
    '',
    "don't stop",
    'the bus stop is closed',
    'I will stop by at five',
    'non-stop to Vienna please',
    'Anna',
    'I would like to book a table for two',
    `stop ${'and tell a long story '.repeat(9)}`,
    'one stop shop',
  ])('"%s" is not', (text) => {
    expect(mayMeanStop(text)).toBe(false)
  })
})

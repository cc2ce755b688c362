import { describe, expect, test } from 'vitest'
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

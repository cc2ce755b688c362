/** How a link is doing, for people. */
export interface StateWords {
  readonly says: string
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet'
}

/** The state of a link in a word or two. */
export function stateWords(state: string, isEnabled: boolean, kind = ''): StateWords {
  if (!isEnabled) return { says: 'Switched off', tone: 'quiet' }
  // It is the other side that tries.
  if (kind === 'smpp-server' && state === 'waiting') return { says: 'Nobody is connected', tone: 'warn' }
  return states[state] ?? { says: state, tone: 'quiet' }
}

const states: Readonly<Record<string, StateWords>> = {
  bound: { says: 'Connected', tone: 'good' },
  connecting: { says: 'Connecting', tone: 'warn' },
  waiting: { says: 'No connection, trying again', tone: 'bad' },
  refused: { says: 'Refused', tone: 'bad' },
  stopped: { says: 'Not running', tone: 'quiet' },
}

/** What a kind of link is, for somebody who picks one. */
export function kindWords(kind: string): { name: string; about: string } {
  return kinds[kind] ?? { name: kind, about: '' }
}

const kinds: Readonly<Record<string, { name: string; about: string }>> = {
  smpp: {
    name: 'SMPP',
    about: 'A mobile operator or aggregator. They give you the host, the system id and the password.',
  },
  'smpp-server': {
    name: 'SMPP server',
    about:
      'Another system connects to Textloom as if it were an operator. You give it the host, the system id and the password.',
  },
  serial: {
    name: 'GSM modem',
    about: 'A modem or USB stick with a SIM, on a port of the machine that runs Textloom.',
  },
  ucp: {
    name: 'UCP/EMI',
    about:
      'An operator with an SMSC that speaks UCP. They give you the host, the port, the user number and the password.',
  },
  cimd2: {
    name: 'CIMD2',
    about: 'An operator with a Nokia SMS Center. They give you the host, the port, the user and the password.',
  },
  http: {
    name: 'HTTP',
    about: 'A provider on the web such as Twilio or Vonage, a Kannel, or an Android phone.',
  },
  loopback: { name: 'Try-out', about: 'Reaches no real phone: for trying flows on the phones of this app.' },
}

/** What a link knows of its network, in a line: `Loopback Mobile, good signal (−71 dBm), Pretend modem`. */
export function factWords(facts: { readonly [name: string]: string | number }): string {
  const { operator, signalDbm, model, binds, clockAheadS, password } = facts
  const signal =
    typeof signalDbm === 'number'
      ? `${strengthWord(signalDbm)} signal (${String(signalDbm).replace('-', '\u2212')} dBm)`
      : undefined
  return [
    operator,
    signal,
    model,
    binds === undefined || binds === 0 ? undefined : bindWords(binds),
    clockWords(clockAheadS),
    password === 'changed' ? 'its new password is in force' : undefined,
  ]
    .filter((fact) => fact !== undefined)
    .join(', ')
    .replace('-', '\u2212')
}

/** What is worth a word of the clock of the network: a minute and more. */
function clockWords(aheadS: string | number | undefined): string | undefined {
  if (typeof aheadS !== 'number' || Math.abs(aheadS) < 60) return undefined
  const minutes = Math.round(Math.abs(aheadS) / 60)
  return `its clock is ${minutes} min ${aheadS > 0 ? 'fast' : 'slow'}`
}

/** `2 of 3 connections`, `1 connection`. */
function bindWords(binds: string | number): string {
  return `${binds} ${binds === 1 ? 'connection' : 'connections'}`
}

/** As phones draw it: three bars and more are good, one is weak. */
function strengthWord(dbm: number): string {
  if (dbm >= -85) return 'good'
  return dbm >= -100 ? 'fair' : 'weak'
}

/** How the fail-over order is said: `smsc-a, then smsc-b`. */
export function orderWords(links: readonly string[]): string {
  return links.join(', then ')
}

/** The size of a text on its way: `84 characters, 1 segment`. */
export function sizeWords({ characters, segments }: { characters: number; segments: number }): string {
  return `${characters} ${characters === 1 ? 'character' : 'characters'}, ${segments} ${segments === 1 ? 'segment' : 'segments'}`
}

/** What a value of a setting is called; the value itself where it has no better name. */
export function choiceWords(value: string): string {
  return choices[value] ?? (/^[a-z]{5,}$/.test(value) ? `${value.charAt(0).toUpperCase()}${value.slice(1)}` : value)
}

const choices: Readonly<Record<string, string>> = {
  transceiver: 'One connection for both directions',
  transmitter: 'For sending only',
  receiver: 'For receiving only',
  pair: 'Two connections, one for each direction',
  gsm7: 'GSM 7-bit',
  latin1: 'Latin 1',
  SM: 'On the SIM',
  ME: 'In the modem',
  MT: 'On both',
  ascii: 'ASCII',
  ira: 'IRA (ASCII)',
  none: 'Nothing',
  national: 'Numbers of the channel’s country',
  international: 'International numbers',
  auto: 'Find out',
  hex: 'Hexadecimal',
  decimal: 'Decimal',
  text: 'As they are',
  udh8: '8 bits',
  udh16: '16 bits',
  generic: 'Any other',
  ok: 'Taken',
  later: 'Try again later',
  never: 'Never try again',
  throttled: 'Too fast',
  refused: 'Account or settings wrong',
  enroute: 'On its way',
  twilio: 'Twilio',
  vonage: 'Vonage (Nexmo)',
  kannel: 'Kannel',
  'android-sms-gateway': 'SMS Gateway for Android',
  basic: 'Account and password',
  bearer: 'The password as bearer token',
  header: 'The password in a header',
  json: 'JSON',
  form: 'Form',
  query: 'In the URL',
  token: 'The token itself',
  hmac: 'A signature of the body',
  'standard-webhooks': 'Standard Webhooks',
}

/** What went wrong with a link, and what to do; what the system said is kept for whoever runs it. */
export function errorWords(said: string): string {
  const [, advice] = advices.find(([sign]) => said.includes(sign)) ?? []
  return advice ?? said
}

const advices = [
  ['ECONNREFUSED', 'Nobody answers there. Check the host and the port, and whether the network is up.'],
  ['ENOTFOUND', 'There is no such host. Check how it is spelt.'],
  ['EAI_AGAIN', 'The host could not be looked up. Check the connection of this server.'],
  ['ETIMEDOUT', 'Nothing came back. A firewall may stand between, or the network wants to know your address first.'],
  ['EHOSTUNREACH', 'There is no way to this host from here. Check the network or the VPN of this server.'],
] as const

/** How many messages wait for a link: `3 waiting`; undefined for none. */
export function queueWords(queued: number): string | undefined {
  return queued === 0 ? undefined : `${queued.toLocaleString('en')} waiting`
}

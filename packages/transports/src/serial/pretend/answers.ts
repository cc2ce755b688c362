import type { MessageStorage } from './storage.ts'

/** What commands have set, and what they ask about. */
export interface ModemState {
  echoes: boolean
  /** How errors are said: `ERROR`, or by number. */
  errors: 'plain' | 'numbers'
  readonly pin: string | undefined
  isUnlocked: boolean
  /** Wrong PINs that the SIM still bears; at none it wants its PUK. */
  pinTries: number
  /** Whether it stores what comes in, or only gives it out. */
  readonly delivers: 'stored' | 'direct'
  /** The five values of AT+CNMI. */
  announces: string
  readonly storage: MessageStorage
}

/** What a modem says to a command: lines, then how it ends. */
export interface Answer {
  readonly lines: readonly string[]
  readonly result: string
}

const ok: Answer = { lines: [], result: 'OK' }

type Handler = (state: ModemState, args: string, isOffline: boolean) => Answer

/**
 * What can be said to this modem. The longest beginning that fits counts; `=` and `?` belong to the command.
 */
const handlers: Readonly<Record<string, Handler>> = {
  AT: () => ok,
  ATZ: () => ok,
  'AT&F': () => ok,
  ATE0: (state) => set(state, { echoes: false }),
  ATE1: (state) => set(state, { echoes: true }),
  ATV1: () => ok,
  ATQ0: () => ok,
  ATS0: () => ok,
  ATX: () => ok,
  'AT&C': () => ok,
  'AT&D': () => ok,
  ATI: () => says('Textloom pretend modem'),
  'AT+GMI': () => says('Textloom'),
  'AT+CGMI': () => says('Textloom'),
  'AT+GMM': () => says('Pretend modem'),
  'AT+CGMM': () => says('Pretend modem'),
  'AT+CGMR': () => says('1.0'),
  'AT+GMR': () => says('1.0'),
  'AT+CGSN': () => says('490154203237518'),
  'AT+GSN': () => says('490154203237518'),
  'AT+CIMI': () => says('216011234567890'),
  'AT+GCAP': () => says('+GCAP: +CGSM'),
  'AT+CMEE=': (state, args) => set(state, { errors: args === '0' ? 'plain' : 'numbers' }),
  'AT+CMEE?': ({ errors }) => says(`+CMEE: ${errors === 'plain' ? 0 : 1}`),
  'AT+CPIN?': (state) => says(`+CPIN: ${simAsksFor(state)}`),
  'AT+CPIN=': unlock,
  'AT+CPINR=': ({ pinTries }) => says(`+CPINR: SIM PIN,${pinTries},3`),
  'AT+CMGF=?': () => says('+CMGF: (0)'),
  'AT+CMGF?': () => says('+CMGF: 0'),
  'AT+CMGF=': (_, args) => (args === '0' ? ok : cms(303)),
  'AT+CSMS?': () => says('+CSMS: 0,1,1,1'),
  'AT+CSMS=': () => says('+CSMS: 1,1,1'),
  'AT+CSCA?': () => says('+CSCA: "+36209300099",145'),
  'AT+CSCA=': () => ok,
  'AT+CSCS=?': () => says('+CSCS: ("GSM","HEX","UCS2")'),
  'AT+CSCS?': () => says('+CSCS: "GSM"'),
  'AT+CSCS=': () => ok,
  'AT+CNMI=?': () => says('+CNMI: (0-2),(0,1),(0),(0,1),(0,1)'),
  'AT+CNMI?': ({ announces }) => says(`+CNMI: ${announces}`),
  'AT+CNMI=': (state, args) =>
    announcementsOf[state.delivers].test(args) ? set(state, { announces: args }) : cms(303),
  'AT+CNMA': () => ok,
  'AT+CPMS=?': () => says('+CPMS: ("SM"),("SM"),("SM")'),
  'AT+CPMS?': ({ storage }) => says(`+CPMS: ${three(`"SM",${storage.used},${storage.capacity}`)}`),
  'AT+CPMS=': ({ storage }, args) =>
    /^"SM"(,"SM"){0,2}$/.test(args) ? says(`+CPMS: ${three(`${storage.used},${storage.capacity}`)}`) : cms(302),
  'AT+CREG?': (_, __, isOffline) => says(`+CREG: 0,${isOffline ? 2 : 1}`),
  'AT+CREG=': () => ok,
  'AT+COPS?': (_, __, isOffline) => says(isOffline ? '+COPS: 0' : '+COPS: 0,0,"Loopback Mobile"'),
  'AT+COPS=': () => ok,
  'AT+CSQ': (_, __, isOffline) => says(isOffline ? '+CSQ: 99,99' : '+CSQ: 21,0'),
  'AT+CBC': () => says('+CBC: 0,100'),
  'AT+CFUN?': () => says('+CFUN: 1'),
  'AT+CFUN=': () => ok,
  'AT+CMGL=': list,
  'AT+CMGR=': read,
  'AT+CMGD=': (state, args) => remove(state, args),
}

const announcementsOf = { stored: /^[0-2],[01],0,[01],[01]$/, direct: /^[0-2],[02],0,[01],[01]$/ } as const

const byLength = Object.entries(handlers).toSorted(([a], [b]) => b.length - a.length)

/** What the modem says to a line that was typed. */
export function answerTo(line: string, state: ModemState, isOffline: boolean): Answer {
  const upper = line.toUpperCase()
  const [name, handler] = byLength.find(([known]) => upper.startsWith(known)) ?? []
  const args = name === undefined ? '' : line.slice(name.length).trim()
  const isKnown = name !== undefined && (name !== 'AT' || args === '')
  const answer = isKnown && handler !== undefined ? handler(state, args, isOffline) : cme(100)
  return state.errors === 'plain' && /^\+CM[SE] ERROR/.test(answer.result) ? { ...answer, result: 'ERROR' } : answer
}

function simAsksFor({ isUnlocked, pinTries }: ModemState): string {
  if (isUnlocked) return 'READY'
  return pinTries > 0 ? 'SIM PIN' : 'SIM PUK'
}

function unlock(state: ModemState, args: string): Answer {
  if (state.pinTries === 0) return cme(12)
  if (args.replaceAll('"', '') === state.pin) return set(state, { isUnlocked: true, pinTries: 3 })
  state.pinTries -= 1
  return cme(state.pinTries > 0 ? 16 : 12)
}

function list({ storage, isUnlocked }: ModemState, args: string): Answer {
  if (!isUnlocked) return cms(311)
  if (args !== '' && !/^[0-4]$/.test(args)) return cms(302)
  const isWanted = (status: number) => args === '4' || args === String(status)
  const lines = storage.entries().flatMap(([place, message]) => {
    if (!isWanted(message.status)) return []
    const head = `+CMGL: ${place},${message.status},,${message.pdu.length}`
    message.status = 1
    return [head, hex(message.pdu)]
  })
  return { lines, result: 'OK' }
}

function read({ storage }: ModemState, args: string): Answer {
  const message = storage.at(Number(args))
  if (message === undefined) return cms(321)
  const head = `+CMGR: ${message.status},,${message.pdu.length}`
  message.status = 1
  return { lines: [head, hex(message.pdu)], result: 'OK' }
}

function remove({ storage }: ModemState, args: string): Answer {
  const [place, flag = '0'] = args.split(',')
  if (flag !== '0') {
    for (const [each, { status }] of storage.entries()) if (flag === '4' || status === 1) storage.delete(each)
    return ok
  }
  if (storage.at(Number(place)) === undefined) return cms(321)
  storage.delete(Number(place))
  return ok
}

function set(
  state: ModemState,
  change: Partial<Pick<ModemState, 'echoes' | 'errors' | 'isUnlocked' | 'pinTries' | 'announces'>>,
): Answer {
  Object.assign(state, change)
  return ok
}

function says(line: string): Answer {
  return { lines: [line], result: 'OK' }
}

function cms(number: number): Answer {
  return { lines: [], result: `+CMS ERROR: ${number}` }
}

function cme(number: number): Answer {
  return { lines: [], result: `+CME ERROR: ${number}` }
}

function three(text: string): string {
  return [text, text, text].join(',')
}

/** With a service centre of no length, as the SIM's own. */
function hex(pdu: Uint8Array): string {
  return `00${Buffer.from(pdu).toString('hex').toUpperCase()}`
}

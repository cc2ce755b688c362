import type { Timers } from '../timers.ts'
import { AtError } from './at/at-error.ts'
import type { Dialogue } from './at/dialogue.ts'
import type { SerialConfig } from './config.ts'
import type { PinAttempts } from './pin-attempts.ts'
import { pinTriesLeft } from './pin-tries.ts'

/** What stands in the way and does not mend itself: the operator has to do something. */
export class ModemRefusal extends Error {
  override readonly name = 'ModemRefusal'
}

/** What a modem says of itself, for the link's status. */
export interface ModemFacts {
  readonly model?: string
  readonly operator?: string
  readonly signalDbm?: number
}

/** What bringing a modem up needs. */
export interface BringUp {
  readonly dialogue: Dialogue
  readonly config: SerialConfig
  readonly timers: Timers
  /** Those of the PIN in the settings; absent where there is none. */
  readonly pinAttempts: PinAttempts | undefined
}

/** How a modem hands over what comes in. */
export interface Delivery {
  /** The AT+CNMI that it took; undefined where it took none, and is asked for messages from time to time. */
  readonly announced: string | undefined
  /** It gives messages out as they come (+CMT) rather than storing them. */
  readonly isDirect: boolean
  /** It waits for an AT+CNMA, and the network sends again what it was not given for. */
  readonly wantsAcknowledgement: boolean
}

const REGISTRATION_TIMEOUT_MS = 60_000
const SIM_TIMEOUT_MS = 20_000
const RETRY_MS = 500

/**
 * Makes a modem ready: wakes it, unlocks the SIM, chooses PDU mode and a storage, asks for announcements, waits for the
 * network (3GPP TS 27.005, TS 27.007).
 *
 * @throws AtError when it does not answer as a modem would, ModemRefusal when the operator has to act
 */
export async function bringUp(setup: BringUp): Promise<Delivery> {
  const { dialogue, config } = setup
  await wake(dialogue)
  await unlock(setup)
  await dialogue.command('AT+CMGF=0')
  await chooseStorage(dialogue, config.storage)
  if (config.serviceCentre !== undefined) await dialogue.command(`AT+CSCA="${config.serviceCentre}"`)
  const delivery = await announce(dialogue)
  await registered(setup)
  return delivery
}

/** Model, operator and signal, as far as the modem tells them. */
export async function askFacts(dialogue: Dialogue): Promise<ModemFacts> {
  const [model] = (await attempt(dialogue, 'AT+CGMM')) ?? []
  const operator = /"([^"]*)"/.exec((await attempt(dialogue, 'AT+COPS?', '+COPS:'))?.[0] ?? '')?.[1]
  const signalDbm = await askSignal(dialogue)
  return {
    ...(model === undefined ? {} : { model }),
    ...(operator === undefined ? {} : { operator }),
    ...(signalDbm === undefined ? {} : { signalDbm }),
  }
}

/** Received signal strength in dBm (3GPP TS 27.007 §8.5); undefined where it is not known. */
async function askSignal(dialogue: Dialogue): Promise<number | undefined> {
  const line = (await attempt(dialogue, 'AT+CSQ', '+CSQ:'))?.[0] ?? ''
  const steps = Number(/(\d+)/.exec(line)?.[1] ?? 99)
  return steps > 31 ? undefined : -113 + 2 * steps
}

/** True while the network would take a message. */
export async function isRegistered(dialogue: Dialogue): Promise<boolean> {
  return (await registration(dialogue)) === 'registered'
}

/** A modem that waits for the end of a message takes everything for text: ESC ends that. */
async function wake(dialogue: Dialogue): Promise<void> {
  await attempt(dialogue, '\u001bAT')
  await dialogue.command('AT')
  await attempt(dialogue, 'ATE0')
  await attempt(dialogue, 'AT+CMEE=1')
}

async function unlock({ dialogue, config: { pin }, timers, pinAttempts }: BringUp): Promise<void> {
  const state = await simState(dialogue, timers)
  if (state === 'READY') return
  if (state !== 'SIM PIN') throw new ModemRefusal(`The SIM asks for ${state}. Unlock it in a phone.`)
  if (pin === undefined || pinAttempts === undefined) {
    throw new ModemRefusal('The SIM asks for its PIN: set pin of the link.')
  }
  await checkPinMayBeTried(dialogue, pinAttempts)
  await pinAttempts.begins()
  try {
    await dialogue.command(`AT+CPIN="${pin}"`)
  } catch (error) {
    const kind = error instanceof AtError ? error.problem.kind : 'closed'
    if (kind === 'silent' || kind === 'closed') throw error
    await pinAttempts.refused()
    throw new ModemRefusal('The PIN was refused and is not tried again: correct pin of the link.')
  }
  await pinAttempts.accepted()
  await until(timers, SIM_TIMEOUT_MS, async () => (await simState(dialogue, timers)) === 'READY')
}

/** @throws ModemRefusal where another wrong PIN is one too many */
async function checkPinMayBeTried(dialogue: Dialogue, pinAttempts: PinAttempts): Promise<void> {
  const objection = await pinAttempts.objection()
  if (objection !== undefined) throw new ModemRefusal(objection)
  const triesLeft = await pinTriesLeft(dialogue)
  if (triesLeft === undefined || triesLeft > 1) return
  throw new ModemRefusal(
    `The SIM has ${triesLeft === 1 ? 'one try' : 'no try'} left for its PIN, and none is risked: unlock it in a phone.`,
  )
}

/** `READY`, `SIM PIN`, `SIM PUK`; waits while the SIM is busy, as it is for some seconds after power came. */
async function simState(dialogue: Dialogue, timers: Timers): Promise<string> {
  let state = ''
  await until(timers, SIM_TIMEOUT_MS, async () => {
    try {
      const [line = ''] = await dialogue.command('AT+CPIN?', { prefix: '+CPIN:' })
      state = line.slice('+CPIN:'.length).trim()
      return true
    } catch (error) {
      const problem = error instanceof AtError ? error.problem : undefined
      if (problem?.kind !== 'cme' && problem?.kind !== 'cms') throw error
      if (problem.number === 10 || problem.number === 310) throw new ModemRefusal('There is no SIM in the modem.')
      return false
    }
  })
  return state
}

/** What modems take for "announce what was stored, and hand receipts over", the best first (3GPP TS 27.005 §3.4.1). */
const announcements = ['2,1,0,1,0', '2,1,0,2,0', '1,1,0,1,0', '1,1,0,2,0', '3,1,0,1,0', '2,1,0,0,0', '1,1,0,0,0']

/** What those take that store nothing and give out each message as it comes. */
const directly = ['2,2,0,1,0', '1,2,0,1,0', '3,2,0,1,0', '2,2,0,0,0', '1,2,0,0,0']

/** A modem that takes none of them is asked for messages from time to time. */
async function announce(dialogue: Dialogue): Promise<Delivery> {
  // Where it stores, nothing is to be acknowledged: modems of phase 2+ would want an AT+CNMA for each receipt.
  await attempt(dialogue, 'AT+CSMS=0')
  const announced = await firstTaken(dialogue, announcements)
  if (announced !== undefined) return { announced, isDirect: false, wantsAcknowledgement: false }
  // Where it does not, a message that is not acknowledged is sent again by the network: nothing is lost with us.
  const wantsAcknowledgement = (await attempt(dialogue, 'AT+CSMS=1')) !== undefined
  const given = await firstTaken(dialogue, directly)
  return { announced: given, isDirect: given !== undefined, wantsAcknowledgement }
}

async function firstTaken(dialogue: Dialogue, values: readonly string[]): Promise<string | undefined> {
  for (const value of values) {
    const command = `AT+CNMI=${value}`
    if ((await attempt(dialogue, command)) !== undefined) return command
  }
  return undefined
}

async function chooseStorage(dialogue: Dialogue, wanted: SerialConfig['storage']): Promise<void> {
  if (wanted !== 'auto') {
    await dialogue.command(`AT+CPMS="${wanted}","${wanted}","${wanted}"`, { prefix: '+CPMS:' })
    return
  }
  const [known = ''] = (await attempt(dialogue, 'AT+CPMS=?', '+CPMS:')) ?? []
  // The third list is of the storages for what comes in.
  const received = [...known.matchAll(/\(([^)]*)\)/g)].map(([, list = '']) => list).at(-1) ?? ''
  const usable = ['MT', 'ME', 'SM'].filter((storage) => received.includes(`"${storage}"`))
  for (const storage of usable) {
    if ((await attempt(dialogue, `AT+CPMS="${storage}","${storage}","${storage}"`, '+CPMS:')) !== undefined) return
  }
}

async function registered({ dialogue, timers }: BringUp): Promise<void> {
  let latest: Registration = 'searching'
  await until(timers, REGISTRATION_TIMEOUT_MS, async () => {
    latest = await registration(dialogue)
    if (latest === 'denied') throw new ModemRefusal('The network refuses this SIM: ask its operator.')
    return latest === 'registered'
  }).catch((error: unknown) => {
    if (error instanceof AtError || error instanceof ModemRefusal) throw error
    throw new Error(
      `The modem found no network within ${REGISTRATION_TIMEOUT_MS / 1000} s. Check antenna and coverage.`,
    )
  })
}

type Registration = 'registered' | 'searching' | 'denied'

/** 3GPP TS 27.007 §7.2: 1 home, 5 roaming, 6 and 7 for messages only; 3 denied. A modem without the command is trusted. */
async function registration(dialogue: Dialogue): Promise<Registration> {
  const [line] = (await attempt(dialogue, 'AT+CREG?', '+CREG:')) ?? []
  if (line === undefined) return 'registered'
  const fields = line.slice('+CREG:'.length).split(',')
  const status = Number(fields.length > 1 ? fields[1] : fields[0])
  if ([1, 5, 6, 7].includes(status)) return 'registered'
  return status === 3 ? 'denied' : 'searching'
}

/** The lines of a command that a modem may refuse; undefined if it did. @throws AtError when it does not answer */
export async function attempt(
  dialogue: Dialogue,
  command: string,
  prefix?: string,
): Promise<readonly string[] | undefined> {
  try {
    return await dialogue.command(command, prefix === undefined ? {} : { prefix })
  } catch (error) {
    const kind = error instanceof AtError ? error.problem.kind : 'closed'
    if (kind === 'silent' || kind === 'closed') throw error
    return undefined
  }
}

/** Asks again and again until it is so. @throws Error when it is not so in time */
async function until(timers: Timers, timeoutMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = timers.now() + timeoutMs
  while (!(await isSo())) {
    if (timers.now() >= deadline) throw new Error(`It took more than ${timeoutMs / 1000} s.`)
    await new Promise<void>((resolve) => timers.after(RETRY_MS, resolve))
  }
}

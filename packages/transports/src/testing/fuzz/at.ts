import { Buffer } from 'node:buffer'
import { AtError } from '../../serial/at/at-error.ts'
import { Dialogue } from '../../serial/at/dialogue.ts'
import { readIncoming } from '../../serial/incoming.ts'
import { manualTimers } from '../manual-timers.ts'
import type { FuzzedProtocol, FuzzedReader } from './fuzz.ts'

const deliver = '00040B916303214365F70000621182325173000AF0B4FB0C4297D9EC37'

/** What a modem says in a day. */
const sound = [
  `\r\n+CMGL: 1,0,,28\r\n${deliver}\r\n+CMGL: 2,1,,28\r\n${deliver}\r\n\r\nOK\r\n`,
  `\r\n+CMTI: "SM",3\r\n\r\nOK\r\n`,
  `\r\n+CMT: ,28\r\n${deliver}\r\n\r\nOK\r\n`,
  '\r\n+CDS: 25\r\n0006010B916303214365F76211823251730062118232517300\r\n\r\n+CMGS: 7\r\n\r\nOK\r\n',
  '\r\n> ',
  '\r\n+CSQ: 21,0\r\n\r\nOK\r\n',
  '\r\n+CMS ERROR: 321\r\n',
].map((said) => Buffer.from(said, 'latin1'))

/** The dialogue with a modem, with a command always waiting; what it hands over is read as the link reads it. */
export const atFuzz: FuzzedProtocol = { sound, fresh: freshDialogue }

const line = { link: 'gsm-1', number: '4040' }

async function freshDialogue(): Promise<FuzzedReader> {
  const commands = [
    () => dialogue.command('AT+CMGL=4', { prefix: '+CMGL:' }),
    () => dialogue.command('AT+CMGS=20', { prefix: '+CMGS:', body: deliver }),
    () => dialogue.command('AT+CSQ', { prefix: '+CSQ:' }),
  ]
  let asked = 0
  const ask = () => {
    const command = commands[asked++ % commands.length]
    command?.().then(
      (lines) => {
        reader.answered++
        for (const said of lines) readIncoming(line, said, '1')
        ask()
      },
      (error: unknown) => {
        if (!(error instanceof AtError)) throw error
        reader.answered++
        // A dialogue that is over is of no use: the link begins a new one.
        if (error.problem.kind === 'closed' || error.problem.kind === 'silent') reader.isClosed = true
        else ask()
      },
    )
  }
  const reader = {
    answered: 0,
    isClosed: false,
    receive: (octets: Buffer) => dialogue.receive(octets),
    // Answers are promises.
    settled: () => new Promise<void>((resolve) => setImmediate(resolve)),
  }
  const dialogue = new Dialogue({
    timers: manualTimers(),
    answerTimeoutMs: 1_000,
    write: () => {},
    onNews: (_line, pdu) => {
      if (pdu !== undefined) readIncoming(line, pdu, 'direct')
    },
  })
  const wakes = dialogue.command('AT+CMGR=1', { prefix: '+CMGR:' })
  dialogue.receive(Buffer.from(`\r\n+CMGR: 0,,28\r\n${deliver}\r\n\r\nOK\r\n`))
  const [, pdu = ''] = await wakes
  const inbound = readIncoming(line, pdu, '1')
  if (inbound?.type !== 'mo') throw new Error('A fresh dialogue misread a sound answer.')
  ask()
  return reader
}

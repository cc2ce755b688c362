import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { decodeTpdu, writtenAddress } from '@textloom/sms'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, pythonGammu, tshark } from '../peers.ts'
import { gammuReads } from './gammu-reads.ts'
import { modemTpdus, type WireTpdu } from './modem-tpdus.ts'

const directions = { phone: 'to-phone', smsc: 'to-smsc' } as const

/** What we make of a TPDU, in the words of another program. */
function ours({ to, octets }: WireTpdu) {
  const tpdu = decodeTpdu(octets, directions[to])
  if (tpdu.type === 'status-report') return { type: tpdu.type, number: writtenAddress(tpdu.recipient) }
  const number = writtenAddress(tpdu.type === 'deliver' ? tpdu.originator : tpdu.destination)
  return { type: tpdu.type, number, text: tpdu.userData.text ?? '' }
}

/** What tshark's dissector of TPDUs makes of them: type, text, whether it is malformed. */
function tsharkReads(tpdus: readonly WireTpdu[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'textloom-tpdu-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [hex, pcap] = [join(folder, 'tpdus.hex'), join(folder, 'tpdus.pcap')]
  // Inbound (I) is towards the network.
  const packets = tpdus.map(({ to, octets }) => {
    const digits = Buffer.from(octets).toString('hex').replace(/../g, '$& ')
    return `${to === 'smsc' ? 'I' : 'O'}\n000000 ${digits}\n`
  })
  writeFileSync(hex, packets.join('\n'))
  const program = tshark.path ?? 'tshark'
  execFileSync(join(dirname(program), 'text2pcap'), ['-q', '-D', '-l', '147', hex, pcap], { stdio: 'pipe' })
  const dissector = 'uat:user_dlts:"User 0 (DLT=147)","gsm_sms","0","","0",""'
  const fields = ['gsm_sms.tp-mti', 'gsm_sms.sms_text', '_ws.malformed'].flatMap((field) => ['-e', field])
  const argv = ['-r', pcap, '-o', dissector, '-T', 'fields', '-E', 'separator=|', ...fields]
  const out = execFileSync(program, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('|'))
}

const isNational = ({ octets }: WireTpdu) => Buffer.from(octets).includes(Buffer.from([0x24, 0x01, 0x01]))

describeWith([tshark], 'tshark reads every TPDU of a conversation by modem', () => {
  test('and finds none malformed', async () => {
    const tpdus = await modemTpdus()
    expect(tpdus.length).toBeGreaterThan(20)
    const read = tsharkReads(tpdus)
    expect(read).toHaveLength(tpdus.length)
    expect(read.filter(([type = '', , malformed = '']) => type === '' || malformed !== '')).toEqual([])
    expect(new Set(read.map(([type]) => type))).toEqual(new Set(['0', '1', '2']))
  })
})

describeWith([pythonGammu], 'Gammu reads every TPDU of a conversation by modem', () => {
  test('as we do', async () => {
    // It knows no national tables.
    const tpdus = (await modemTpdus()).filter((tpdu) => !isNational(tpdu))
    const types = { deliver: 'Deliver', submit: 'Submit', 'status-report': 'Status_Report' } as const
    expect(gammuReads(tpdus.map(({ octets }) => octets))).toMatchObject(
      tpdus.map((tpdu) => {
        const { type, ...rest } = ours(tpdu)
        return { ...rest, type: types[type] }
      }),
    )
  })
})

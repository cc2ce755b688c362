import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tshark } from '../peers.ts'

/** What tshark reads in octets sent to a port of this protocol: the values of these fields, one array per packet. */
export function readings(
  protocol: 'smpp' | 'ucp' | 'cimd',
  packets: readonly Buffer[],
  fields: readonly string[],
): readonly string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'textloom-tshark-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const hex = join(folder, 'packets.hex')
  const pcap = join(folder, 'packets.pcap')
  writeFileSync(hex, packets.map((octets) => `000000 ${octets.toString('hex').replace(/../g, '$& ')}\n`).join('\n'))
  const program = tshark.path ?? 'tshark'
  execFileSync(join(dirname(program), 'text2pcap'), ['-q', '-T', '40000,2775', hex, pcap], { stdio: 'pipe' })
  const wanted = fields.flatMap((field) => ['-e', field])
  const out = execFileSync(
    program,
    ['-r', pcap, '-d', `tcp.port==2775,${protocol}`, '-T', 'fields', '-E', 'separator=|', ...wanted],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  return out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('|'))
}

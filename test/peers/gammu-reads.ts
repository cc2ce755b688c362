import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pythonGammu } from '../peers.ts'

/** What Gammu makes of TPDUs. */
export function gammuReads(tpdus: readonly Uint8Array[]): readonly object[] {
  const script = fileURLToPath(new URL('./gammu-decode.py', import.meta.url))
  const input = tpdus.map((tpdu) => `${Buffer.from(tpdu).toString('hex')}\n`).join('')
  const { stdout, stderr } = spawnSync(pythonGammu.path ?? 'python3', [script], { input, encoding: 'utf8' })
  if (stderr !== '') throw new Error(stderr)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

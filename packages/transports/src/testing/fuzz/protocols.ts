import { atFuzz } from './at.ts'
import { cimd2Fuzz } from './cimd2.ts'
import type { FuzzedProtocol } from './fuzz.ts'
import { smppFuzz } from './smpp.ts'
import { tpduFuzz } from './tpdu.ts'
import { ucpFuzz } from './ucp.ts'

/** Everything that reads what strangers write. */
export const fuzzedProtocols: Readonly<Record<string, FuzzedProtocol>> = {
  smpp: smppFuzz(),
  ucp: ucpFuzz,
  cimd2: cimd2Fuzz,
  at: atFuzz,
  tpdu: tpduFuzz,
}

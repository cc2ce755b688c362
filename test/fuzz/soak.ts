// The long fuzz: `npm run soak -- [--only documents,simulation,smpp,ucp,cimd2,at,tpdu] [--count N] [--seeds N] [--seed 1]`. Flow
// documents made by chance are read, judged, compiled and played, 100,000 of them; histories of the runtime are played in
// virtual time, 10,000 of them (`--seeds`); frames with damage are read, 1,000,000 of each protocol. What is wrong is said with the seed that brings it back; ends with 1 when anything is.

import { parseArgs } from 'node:util'
import { fuzzedProtocols } from '@textloom/transports/testing'
import { soakDocuments } from './soak-documents.ts'
import { soakFrames } from './soak-frames.ts'
import { soakSimulation } from './soak-simulation.ts'

const everything = ['documents', 'simulation', ...Object.keys(fuzzedProtocols)]
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: everything.join(',') },
    count: { type: 'string' },
    seeds: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)

for (const what of values.only.split(',')) {
  if (!(await isWell(what))) process.exitCode = 1
}

async function isWell(what: string): Promise<boolean> {
  if (what === 'documents') return soakDocuments({ count: Number(values.count ?? 100_000), seed })
  if (what === 'simulation') return soakSimulation({ count: Number(values.seeds ?? values.count ?? 10_000), seed })
  return soakFrames(what, { count: Number(values.count ?? 1_000_000), seed })
}

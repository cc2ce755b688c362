// The long fuzz: `npm run soak -- [--only documents,smpp,ucp,cimd2,at,tpdu] [--count N] [--seed 1]`. Flow documents made by
// chance are read, judged, compiled and played, 100,000 of them; frames with damage are read, 1,000,000 of each protocol.
// What is wrong is said with the seed that brings it back; ends with 1 when anything is.

import { parseArgs } from 'node:util'
import { fuzzedProtocols } from '@textloom/transports/testing'
import { soakDocuments } from './soak-documents.ts'
import { soakFrames } from './soak-frames.ts'

const everything = ['documents', ...Object.keys(fuzzedProtocols)]
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: everything.join(',') },
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)

for (const what of values.only.split(',')) {
  const count = Number(values.count ?? (what === 'documents' ? 100_000 : 1_000_000))
  const isWell = what === 'documents' ? soakDocuments({ count, seed }) : await soakFrames(what, { count, seed })
  if (!isWell) process.exitCode = 1
}

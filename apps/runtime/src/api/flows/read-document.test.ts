import { formatFlow } from '@textloom/core'
import { expect, test } from 'vitest'
import { greetingFlow } from '../../host/testing/flows.ts'
import { sampleRegistry } from '../../host/testing/sample-nodes.ts'
import { readDocument } from './read-document.ts'

const brief = JSON.stringify(greetingFlow())
const canonical = Buffer.byteLength(formatFlow(greetingFlow(), sampleRegistry))

test('a document counts by the form in which it is stored, however briefly it was written', () => {
  expect(brief.length).toBeLessThan(canonical)
  expect(readDocument(brief, sampleRegistry, canonical).id).toBe('greeting')
  expect(() => readDocument(brief, sampleRegistry, canonical - 1)).toThrow('In its canonical form this document has')
})

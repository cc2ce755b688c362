import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../testing/index.ts'
import { greetingFlow } from './testing/flows.ts'
import { hostingOn } from './testing/hosting-kit.ts'

onEachEngine(({ database }) => {
  describe('a text from a phone', () => {
    test('goes through the flow and comes back as replies', async () => {
      const kit = await hostingOn(database().sql, { flows: [greetingFlow()] })
      await kit.says('+15550001', 'Hello')
      expect(await kit.heard('+15550001', 1)).toEqual(['Shall we? Hello'])
      await kit.says('+15550001', 'yes')
      expect(await kit.heard('+15550001', 2)).toEqual(['Shall we? Hello', 'Good.'])
      await kit.stop()
    })
  })
})

import { expect, test } from 'vitest'
import { blankChannel, bodyOf, type ChannelBody, draftOf } from './channel-draft.ts'

test.each<{ what: string; channel: ChannelBody }>([
  { what: 'the least there can be', channel: { id: 'main', address: '1234', link: 'a', enabled: true } },
  {
    what: 'everything',
    channel: {
      id: 'main',
      address: '+36 20 1234',
      link: ['a', 'b'],
      enabled: false,
      messagesPerSecond: 2.5,
      dailyQuota: 10_000,
      country: 'HU',
      languages: ['hu', 'en'],
      keywords: false,
      stopText: 'Bye',
      startText: 'Hi',
      helpText: 'Call us',
      fallbackText: 'Sorry?',
      validity: 'PT36H',
    },
  },
])('$what goes into the form and comes out the same', ({ channel }) => {
  const { validity, ...rest } = bodyOf(draftOf(channel))
  const { validity: before, ...wanted } = channel
  expect(rest).toEqual(wanted)
  expect(validity && draftOf({ ...channel, validity }).validityHours).toBe(before && draftOf(channel).validityHours)
})

test('blanks are left out, and what is typed is tidied', () => {
  expect(
    bodyOf({ ...blankChannel, id: ' main ', address: '1234 ', links: ['a'], country: 'hu', stopText: '  ' }),
  ).toEqual({
    id: 'main',
    address: '1234',
    link: 'a',
    enabled: true,
    country: 'HU',
  })
})

import type { JsonObject } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { link } from './index.ts'
import type { LinkData } from './schema.ts'

const data: LinkData = { text: 'Your ticket: {{ link }}', url: 'https://example.com/{{ vars.order }}' }
const variables = [{ name: 'order', type: 'text' as const, default: 'a b/7' }]
const play = (more: Partial<LinkData> = {}) => sessionOn(link, { ...data, ...more } as JsonObject, { variables })

test('the short address stands in the text, and the values in the long one are encoded', () => {
  const session = play({ topic: 'orders' })
  const [sent] = session.effects
  expect(sent).toMatchObject({
    kind: 'sendMt',
    link: { url: 'https://example.com/a%20b%2F7', token: expect.stringMatching(/^\w{10}$/) },
    topic: 'orders',
  })
  expect(session.texts).toEqual([`Your ticket: ${sent?.kind === 'sendMt' ? sent.link?.token : ''}`])
  expect(session.leftBy).toBe('next')
})

test('who opens it in time leaves by "clicked"', () => {
  const session = play({ wait: 'PT1H' })
  expect(session.rest).toEqual({ node: 'link', for: 'time', until: session.now + 3_600_000 })
  session.advance('59m').gets({ type: 'link', node: 'link' })
  expect(session.leftBy).toBe('clicked')
})

test('who does not leaves by "timeout", and opening it later moves nothing', () => {
  const session = play({ wait: 'PT1H' }).advance('1h')
  expect(session.leftBy).toBe('timeout')
  expect(session.gets({ type: 'link', node: 'link' }).last?.ignored).toBe('not-waiting')
})

test('the opening of another link is not this one’s', () => {
  expect(play({ wait: 'PT1H' }).gets({ type: 'link', node: 'other' }).leftBy).toBeUndefined()
})

test.each([
  { wait: undefined, rests: false, exits: ['next'] },
  { wait: 'PT1H', rests: true, exits: ['clicked', 'timeout'] },
])('with the wait $wait it rests: $rests, and has the exits $exits', ({ wait, rests, exits }) => {
  const given = wait === undefined ? data : { ...data, wait }
  expect(link.rests?.(given)).toBe(rests)
  expect(link.handles(given).map(({ id }) => id)).toEqual(exits)
})

test.each<{ more: Partial<LinkData>; issues: string[] }>([
  { more: {}, issues: [] },
  { more: { text: 'See {{- link | upcase -}}' }, issues: [] },
  { more: { text: 'See {{ vars.link }}' }, issues: ['link/no-link at text'] },
  { more: { text: '' }, issues: ['link/no-link at text'] },
  { more: { url: 'myapp://order/{{ vars.order }}' }, issues: [] },
  { more: { url: '{{ vars.order | raw }}' }, issues: [] },
  { more: { url: 'https://{{ vars.order }}/' }, issues: [] },
  { more: { url: '' }, issues: ['link/bad-address at url'] },
  { more: { url: 'example.com' }, issues: ['link/bad-address at url'] },
  { more: { url: 'javascript:alert({{ vars.order }})' }, issues: ['link/bad-address at url'] },
])('$more has the issues $issues', ({ more, issues }) => {
  expect(link.check?.({ ...data, ...more }).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test('an address that a value makes dangerous ends the session instead of being sent', () => {
  const session = sessionOn(
    link,
    { text: data.text, url: '{{ vars.order | raw }}' },
    {
      variables: [{ name: 'order', type: 'text', default: 'javascript:alert(1)' }],
    },
  )
  expect(session.texts).toEqual([])
  expect(session.end?.failure?.message).toContain('javascript:')
})

import { readFile } from 'node:fs/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { framedFaultSchema } from '../../framed/pretend/faults.ts'
import type { SmscHappening } from '../../pretend/events.ts'
import { ScriptPlayer } from '../../pretend/script.ts'
import { someMt } from '../../testing/conformance.ts'
import { RecordingHost } from '../../testing/recording-host.ts'
import { systemTimers } from '../../timers.ts'
import { smppConfigSchema } from '../config.ts'
import { SmppLink } from '../link.ts'
import { faultSchema } from './faults.ts'
import { PretendSmsc } from './smsc.ts'
import { stepSchema } from './steps.ts'

/** An ESME that answers each MO with "Re: …", and a script for the SMSC. */
async function echo() {
  const smsc = await new PretendSmsc({ retryMs: 5 }).start()
  onTestFinished(() => smsc.stop())
  const host = new RecordingHost()
  const config = smppConfigSchema.parse({ host: '127.0.0.1', port: smsc.port, systemId: 'tl' })
  const link = new SmppLink('a', config, host, {
    backoff: { lost: { firstMs: 5, maxMs: 5 }, refused: { firstMs: 5, maxMs: 5 } },
  })
  onTestFinished(() => link.stop(0))
  host.store = async (inbound) => {
    if (inbound.type === 'mo' && inbound.text !== 'hush') {
      const { id: key, from: to, to: from, text } = inbound
      void link.send({ key, from, to, text: `Re: ${text}`, reference: 1, wantsDlr: false })
    }
  }
  link.start()
  const told: SmscHappening[] = []
  const player = new ScriptPlayer(smsc, systemTimers, (event) => told.push(event))
  const play = async (...steps: unknown[]) => {
    for (const step of steps) {
      const exit = await player.play(stepSchema.parse(step))
      if (exit !== undefined) return exit
    }
    return undefined
  }
  return { smsc, host, link, play, told }
}

const phone = '+36301234567'
const mo = (text: string) => ({ mo: { from: phone, to: '4040', text } })

test('a conversation is played: MOs out, MTs expected, the end', async () => {
  const { play } = await echo()
  const exit = await play(
    { wait: 'bound' },
    mo('one'),
    { expect: { mt: { to: phone, from: '4040', text: 'Re: one' } } },
    mo('two'),
    { expect: { mt: { matches: '^Re: t' } } },
    { silence: 'PT0.02S', to: phone },
    { exit: 0 },
  )
  expect(exit).toBe(0)
})

describe('what does not happen ends the script', () => {
  test('another text', async () => {
    const { play } = await echo()
    await expect(play(mo('one'), { expect: { mt: { text: 'Re: two' } } })).rejects.toThrow('"text":"Re: one"')
  })
  test('no text', async () => {
    const { play } = await echo()
    await expect(play(mo('hush'), { expect: { mt: { to: phone } }, within: 'PT0.05S' })).rejects.toThrow(
      'none came within PT0.05S',
    )
  })
  test('a text where silence was expected', async () => {
    const { play } = await echo()
    await expect(play(mo('one'), { silence: 'PT5S', to: phone })).rejects.toThrow(`Expected no MT for ${phone}`)
  })
})

test('MOs before the bind wait for it', async () => {
  const { play, host } = await echo()
  await play(mo('hush'), { wait: 'acknowledged' })
  expect(host.mos).toHaveLength(1)
})

test('handsets talk side by side, each in its own order', async () => {
  const { play, told, host } = await echo()
  await play({ handsets: { count: 20, from: '+36300000098', to: '4040', say: ['a', 'b'], repeat: 2 } })
  expect(told).toEqual([{ type: 'handsets', count: 20, said: 80, replies: 80, silences: 0 }])
  const phones = Map.groupBy(host.mos, ({ from }) => from)
  expect([...phones.keys()].toSorted().slice(0, 3)).toEqual(['+36300000098', '+36300000099', '+36300000100'])
  for (const texts of phones.values()) expect(texts.map(({ text }) => text)).toEqual(['a', 'b', 'a', 'b'])
})

test('a handset that gets no MT counts it and goes on', async () => {
  const { play, told } = await echo()
  await play({ handsets: { count: 1, from: phone, to: '4040', say: ['hush', 'a'], within: 'PT0.05S' } })
  expect(told).toEqual([{ type: 'handsets', count: 1, said: 2, replies: 1, silences: 1 }])
})

test('connections are dropped and come back, and the MO in between arrives', async () => {
  const { play, smsc } = await echo()
  await play({ wait: 'bound' }, { drop: true }, mo('one'), { expect: { mt: { text: 'Re: one' } } })
  expect(smsc.events.filter(({ type }) => type === 'bound').length).toBeGreaterThan(1)
})

test('receipts go as the script says', async () => {
  const { play, host, link } = await echo()
  await play({ wait: 'bound' }, { dlr: 'undeliverable' })
  await host.untilState('bound')
  await link.send(someMt({ wantsDlr: true }))
  await host.until(({ dlrs }) => dlrs.length === 1)
  await play({ dlr: null })
  await link.send(someMt({ wantsDlr: true }))
  await play({ wait: 'PT0.03S' })
  expect(host.dlrs.map(({ state }) => state)).toEqual(['undeliverable'])
})

test.each([
  { mo: { from: 'a' } },
  { wait: 'soon' },
  { fault: { submit: 'explode' } },
  { unknown: 1 },
  { expect: { mt: { matches: '(' } } },
  {},
])('%j is no step', (step) => {
  expect(stepSchema.safeParse(step).success).toBe(false)
})

test('every example of the guide is a step, a fault or a link', async () => {
  const guide = await readFile(new URL('../../../../../docs/guides/smsc.md', import.meta.url), 'utf8')
  const examples = [...guide.matchAll(/`(\{"[^`]*\})`/g)]
    .map(([, json = '']) => json)
    .filter((json) => !json.includes('…'))
  expect(examples.length).toBeGreaterThan(20)
  for (const json of examples) {
    const value: unknown = JSON.parse(json)
    const schemas = [stepSchema, faultSchema, framedFaultSchema]
    expect(
      schemas.some((schema) => schema.safeParse(value).success),
      json,
    ).toBe(true)
  }
  const [, link = ''] = guide.match(/```json\n(.*)\n```/) ?? []
  const { id, kind, ...config } = JSON.parse(link)
  expect([id, kind, smppConfigSchema.safeParse(config).success]).toEqual(['smsc-a', 'smpp', true])
})

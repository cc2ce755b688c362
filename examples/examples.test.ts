import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatFlow, parseFlow, simulateInputSchema } from '@textloom/core'
import { inputLine, outputLine, Simulator } from '@textloom/engine'
import { playDocument } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { countSegments } from '@textloom/sms'
import { describe, expect, test } from 'vitest'

const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory())
const read = (name: string, file: string) => readFileSync(join(import.meta.dirname, name, file), 'utf8')

function flowOf(name: string) {
  const parsed = parseFlow(read(name, 'flow.json'), registry)
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'))
  return parsed.flow
}

describe.each(folders.map(({ name }) => name))('%s', (name) => {
  test('is sound, and its saved tests pass and leave by every exit', () => {
    const { flow, ...played } = playDocument(read(name, 'flow.json'), registry)
    expect(played).toEqual({ issues: [], failures: [], exitsNotTaken: [] })
    expect(flow?.id).toBe(name)
  })

  test('has an edge at every exit that can be taken', () => {
    const { nodes, edges } = flowOf(name)
    const connected = new Set(edges.map(({ source, sourceHandle }) => `${source}.${sourceHandle}`))
    const open = nodes.flatMap(({ id, type, data }) =>
      (registry.get(type)?.handles(data) ?? [])
        .filter((handle) => !handle.optional && !connected.has(`${id}.${handle.id}`))
        .map((handle) => `${id}.${handle.id}`),
    )
    expect(open).toEqual([])
  })

  test('is written in canonical form', () => {
    expect(formatFlow(flowOf(name), registry)).toBe(read(name, 'flow.json'))
  })

  test('sends English texts that stay in the GSM 7-bit alphabet and within two segments', () => {
    const inEnglish = (flowOf(name).tests ?? []).filter(({ contact }) => contact?.language === undefined)
    const texts = inEnglish.flatMap(({ steps }) => steps.flatMap((step) => ('mt' in step ? step.mt : [])))
    const costly = [...new Set(texts)].filter((text) => {
      const { encoding, segments } = countSegments(text)
      return encoding !== 'gsm7' || segments > 2
    })
    expect(costly).toEqual([])
  })

  test('speaks four more languages, in at most four segments a text, and one of its conversations is held in one', () => {
    const flow = flowOf(name)
    expect(flow.languages).toEqual({ base: 'en', others: ['es', 'fr', 'hu', 'id'] })
    const texts = Object.values(flow.translations ?? {}).flatMap((translated) => Object.values(translated))
    expect(texts.filter((text) => countSegments(text).segments > 4)).toEqual([])
    expect((flow.tests ?? []).map(({ contact }) => contact?.language)).toContainEqual(expect.any(String))
  })

  test('stands on the grid of the canvas, from top to bottom, without overlaps', () => {
    const { nodes, edges } = flowOf(name)
    const at = new Map(nodes.map(({ id, position }) => [id, position]))
    for (const [one, { x, y }] of at) {
      expect([one, Math.abs(x % 20), Math.abs(y % 20)]).toEqual([one, 0, 0])
      const close = [...at].filter(
        ([other, place]) => other !== one && Math.abs(place.x - x) < 300 && Math.abs(place.y - y) < 160,
      )
      expect([one, close]).toEqual([one, []])
    }
    const upwards = edges.filter(({ source, target }) => (at.get(source)?.y ?? 0) >= (at.get(target)?.y ?? 0))
    // Only what begins a menu again leads up.
    expect(upwards.filter(({ target }) => flowOf(name).nodes.find(({ id }) => id === target)?.type !== 'menu')).toEqual(
      [],
    )
  })

  test('has a page whose commands name its files and whose conversation is what the script gives', () => {
    const page = read(name, 'README.md')
    expect(page).toContain(`npx textloom simulate examples/${name}/flow.json --script examples/${name}/script.jsonl`)
    expect(page).toContain(`npx textloom test examples/${name}/flow.json`)
    const params = /--params '(?<json>[^']*)'/.exec(page)?.groups?.json
    const simulator = new Simulator({
      flow: flowOf(name),
      registry,
      ...(params ? { params: JSON.parse(params) } : {}),
      ...(page.includes(' --start') ? { start: true } : {}),
    })
    const outputs = (of: ReturnType<Simulator['begin']>) => of.filter(({ type }) => type !== 'wait').map(outputLine)
    const lines = outputs(simulator.begin())
    for (const line of read(name, 'script.jsonl').trimEnd().split('\n')) {
      const input = simulateInputSchema.parse(JSON.parse(line))
      lines.push(inputLine(input), ...outputs(simulator.input(input)))
    }
    expect(/^```text\n(?<talk>.*?)\n```$/ms.exec(page)?.groups?.talk?.split('\n')).toEqual(lines)
    expect(lines.at(-1)).toMatch(/^ {2}end: /)
  })
})

test('the list of examples names each of them', () => {
  const page = read('.', 'README.md')
  expect(folders.map(({ name }) => name).filter((name) => !page.includes(`(${name}/README.md)`))).toEqual([])
})

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { registry as nodes } from '@textloom/nodes'
import { transports } from '@textloom/transports'
import { beforeAll, describe, expect, test } from 'vitest'
import { greetingFlow } from '../host/testing/flows.ts'
import { readConfigFile } from './config-file.ts'
import { firstChannel } from './first-start.ts'
import { SettingsError } from './settings-error.ts'

let folder = ''
const smsc = { id: 'smsc-a', kind: 'smpp', host: '127.0.0.1', systemId: 'tl' }
const channel = { id: '4040', address: '4040', link: 'smsc-a' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'textloom-config-'))
  await mkdir(join(folder, 'flows'))
  const flow = greetingFlow()
  await writeFile(join(folder, 'flows/greeting.json'), JSON.stringify(flow))
  await writeFile(join(folder, 'flows/draft.json'), JSON.stringify({ ...flow, edges: flow.edges.slice(1) }))
  await writeFile(join(folder, 'flows/broken.json'), JSON.stringify({ ...flow, nodes: flow.nodes.slice(1) }))
})

async function read(config: unknown) {
  const path = join(folder, 'instance.json')
  await writeFile(path, typeof config === 'string' ? config : JSON.stringify(config))
  return readConfigFile(path, { nodes, transports })
}

async function sentences(config: unknown): Promise<readonly string[]> {
  const error: unknown = await read(config).then(
    () => undefined,
    (thrown) => thrown,
  )
  if (!(error instanceof SettingsError)) throw new Error(`was not refused: ${String(error)}`)
  return error.sentences.map((sentence) => sentence.replace(`${join(folder, 'instance.json')}: `, ''))
}

describe('a TEXTLOOM_CONFIG file', () => {
  test('declares links, channels and flows, by paths relative to itself', async () => {
    const declared = await read({
      links: [{ ...smsc, password: 'secret' }],
      channels: [{ ...channel, messagesPerSecond: 100, dailyQuota: 1000, country: 'HU', languages: ['en', 'hu'] }],
      flows: [{ file: 'flows/greeting.json', publish: true, channels: ['4040'] }],
    })
    expect(declared.links).toMatchObject([
      { id: 'smsc-a', kind: 'smpp', config: { host: '127.0.0.1', password: 'secret' } },
    ])
    expect(declared.channels).toEqual([
      {
        id: '4040',
        address: '4040',
        links: ['smsc-a'],
        config: { messagesPerSecond: 100, dailyQuota: 1000, country: 'HU', languages: ['en', 'hu'] },
      },
    ])
    expect(declared.flows).toMatchObject([{ flow: { id: 'greeting' }, isPublished: true, channels: ['4040'] }])
  })

  test('may be empty', async () => {
    expect(await read({})).toEqual({ links: [], channels: [], queues: [], flows: [] })
  })

  test.each<{ title: string; config: unknown; says: (string | RegExp)[] }>([
    { title: 'is not JSON', config: '{,}', says: [/^it is not JSON: /] },
    { title: 'is a list', config: [], says: ['must be an object, not a list.'] },
    {
      title: 'has unknown fields and wrong values: all are named',
      config: { link: [], links: [{ ...smsc, port: '2775', user: 'x' }], channels: [{ ...channel, adress: 'y' }] },
      says: [
        'links[0].port must be a number, not text.',
        'links[0].user is not a known field.',
        'channels[0].adress is not a known field.',
        'link is not a known field.',
      ],
    },
    {
      title: 'names an unknown kind',
      config: { links: [{ id: 'x', kind: 'smp' }] },
      says: [/^links\[0\]\.kind must be "loopback", .*, not "smp"\. Did you mean "smpp"\?$/],
    },
    {
      title: 'refers to what it does not declare',
      config: {
        links: [smsc],
        channels: [{ ...channel, link: ['smsc-a', 'smsc-b'] }],
        flows: [{ file: 'flows/greeting.json', publish: true, channels: ['4041'] }],
      },
      says: [
        'channels[0].link names the link "smsc-b", which this file does not declare: declared are smsc-a.',
        'flows[0].channels names the channel "4041", which this file does not declare: declared are 4040.',
      ],
    },
    {
      title: 'declares things twice',
      config: { links: [smsc, smsc], flows: [{ file: 'flows/greeting.json' }, { file: 'flows/greeting.json' }] },
      says: [
        'links[1].id is "smsc-a", as is that of links[0]: ids are unique.',
        'flows[1].file has the flow id "greeting", as has flows[0].file: ids are unique.',
      ],
    },
    {
      title: 'lets a draft listen',
      config: { links: [smsc], channels: [channel], flows: [{ file: 'flows/greeting.json', channels: ['4040'] }] },
      says: [/^flows\[0\] lists channels, but a draft listens nowhere/],
    },
    {
      title: 'names flow files that are missing or at fault',
      config: {
        flows: [{ file: 'nowhere.json' }, { file: 'flows/broken.json' }, { file: 'flows/draft.json', publish: true }],
      },
      says: [
        /^flows\[0\]\.file names .*nowhere\.json, which cannot be read: ENOENT/,
        /^flows\[1\]\.file flows\/broken\.json: flow\/dangling-edge: edges\[0\]\.source/,
        /^flows\[2\]\.file flows\/draft\.json: (?:node "start": )?flow\/open-exit/,
      ],
    },
  ])('is refused when it $title', async ({ config, says }) => {
    const said = await sentences(config)
    for (const one of says) {
      const found = said.some((sentence) => (typeof one === 'string' ? sentence === one : one.test(sentence)))
      expect(found, `${String(one)} in:\n${said.join('\n')}`).toBe(true)
    }
  })

  test('of which an unsound flow is only a draft is fine', async () => {
    expect((await read({ flows: [{ file: 'flows/draft.json' }] })).flows).toMatchObject([{ isPublished: false }])
  })

  test('of npm run dev is in order', async () => {
    const path = fileURLToPath(new URL('../../../../scripts/dev-instance.json', import.meta.url))
    const { channels, flows } = await readConfigFile(path, { nodes, transports })
    expect(channels.map(({ id }) => id)).toContain(firstChannel.id)
    expect(flows.every(({ isPublished }) => isPublished)).toBe(true)
  })

  test('that does not exist is named with its setting', async () => {
    await expect(readConfigFile(join(folder, 'none.json'), { nodes, transports })).rejects.toThrow(
      /^TEXTLOOM_CONFIG names .*none\.json, which cannot be read: ENOENT/,
    )
  })
})

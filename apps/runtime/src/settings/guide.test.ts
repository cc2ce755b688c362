import { readFile } from 'node:fs/promises'
import { transports } from '@textloom/transports'
import { beforeAll, describe, expect, test } from 'vitest'
import { channelSchema } from '../catalogue/channel-schema.ts'
import { configFileSchema } from './config-schema.ts'
import { environmentSchema, settingNames } from './environment-schema.ts'

describe('docs/guides/configuration.md', () => {
  let guide = ''
  beforeAll(async () => {
    guide = await readFile(new URL('../../../../docs/guides/configuration.md', import.meta.url), 'utf8')
  })
  /** The names in the first column of the tables. */
  const named = (section: string) =>
    [...section.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    )

  test('names every setting, and no other', () => {
    const [settings = ''] = guide.split('## An instance in a file')
    expect(named(settings).sort()).toEqual([...settingNames].sort())
    const defaults = environmentSchema.parse({})
    expect(settings).toContain(`| \`HOST\` | \`${defaults.HOST}\` |`)
    expect(settings).toContain(`| \`PORT\` | \`${defaults.PORT}\` |`)
    expect(settings).toContain(`| \`LOG_LEVEL\` | \`${defaults.LOG_LEVEL}\` |`)
  })

  test('names every field of a channel, and no other', () => {
    const [, file = ''] = guide.split('## An instance in a file')
    expect(named(file).sort()).toEqual(Object.keys(channelSchema.shape).sort())
  })

  test('has an example that is accepted', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(guide) ?? []
    expect(configFileSchema(transports).safeParse(JSON.parse(example)).error).toBeUndefined()
  })
})

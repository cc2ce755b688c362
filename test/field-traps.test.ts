// What goes wrong between messaging systems in the field, and the tests that hold us to it. The page is generated:
// `npx vitest run test/field-traps.test.ts -u` writes it anew.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** The traps by their numbers, from 1, as tests name them: `field trap 7: …`. */
const traps = [
  'A receipt names its message otherwise than the submit response did: hexadecimal or decimal, padded, in other case.',
  'Message ids are UUIDs, 64 characters long, or always the same.',
  'A receipt comes before the submit response, or by another bind.',
  'The text of a receipt is its vendor’s own; intermediate states look final.',
  '“Throttled” and “queue full” both mean that the whole link is to slow down, and order is to be kept.',
  'Limits count segments, not messages.',
  'The SMSC sets the window, and refuses what goes beyond it.',
  'A response that does not come leaves the message in doubt: sending it again may double it.',
  '“Already bound” after a lost connection, until the SMSC’s idle timer runs out.',
  'Half-dead connections that nobody notices.',
  'A bind with another interface version is never answered.',
  'Garbage, or another protocol, on the port.',
  'PDUs that are nearly valid: a NUL too many, TLVs cut short, a length that is wrong.',
  'data_coding 0 is whatever the SMSC takes it for.',
  'Septets packed or not, fill bits, an @ too many, an @ that ends the text.',
  'Long messages by a UDH of 8 or 16 bits, by SAR TLVs, by message_payload, by two of them at once.',
  'Parts in any order, twice, with reference 0, or never; acknowledged only once stored.',
  'A modem announces texts in the middle of an answer, or not at all.',
  'A modem’s storage is full, it reads what is not there, it hangs.',
  'The SIM wants a PIN or is busy, the network is gone, the device comes back under another name.',
] as const

interface Named {
  readonly number: number
  readonly path: string
}

const named: readonly Named[] = ['apps/runtime/src', 'packages', 'test']
  .flatMap((folder) =>
    globSync('**/*.test.ts', { cwd: join(root, folder), exclude: (name) => name === 'node_modules' }).map((path) =>
      join(folder, path),
    ),
  )
  .filter((path) => path !== 'test/field-traps.test.ts')
  .sort()
  .flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/['"`]field trap (\d+): /g)].map(([, number]) => ({
      number: Number(number),
      path,
    })),
  )

test('each trap has a test that is named for it', () => {
  const numbers = new Set(named.map(({ number }) => number))
  expect(traps.map((_, index) => index + 1).filter((number) => !numbers.has(number))).toEqual([])
  expect(named.filter(({ number }) => number < 1 || number > traps.length)).toEqual([])
})

test('docs/reference/field-traps.md says where', async () => {
  const rows = traps.map((trap, index) => {
    const paths = new Set(named.filter(({ number }) => number === index + 1).map(({ path }) => path))
    return `| ${index + 1} | ${trap} | ${[...paths].map((path) => `\`${path}\``).join('<br>')} |`
  })
  const page = [
    '# Field traps',
    '',
    'What goes wrong between messaging systems in practice, collected from public reports and from trying, and where the tests are that hold Textloom to it. They are named for it: `field trap 7: …`. Generated from those names.',
    '',
    '| | trap | tests |',
    '|---|---|---|',
    ...rows,
    '',
  ]
  await expect(page.join('\n')).toMatchFileSnapshot('../docs/reference/field-traps.md')
})

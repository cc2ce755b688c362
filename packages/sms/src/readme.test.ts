import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as sms from './index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code = '']) => code)

interface Claim {
  readonly expression: string
  readonly actual: unknown
  readonly expected: unknown
}

test('the README has examples that claim something', () => {
  expect(examples.length).toBeGreaterThan(0)
  for (const code of examples) expect(code).toContain(' // → ')
})

test.each(examples)('the README is right: %s', (code) => {
  for (const { expression, actual, expected } of run(code)) expect(actual, expression).toEqual(expected)
})

/** Runs an example; a line `expression // → value` is a claim. */
function run(code: string): Claim[] {
  const claims: Claim[] = []
  const body = code
    .replace(/^import \{(.*)\} from '@textloom\/sms'$/gm, 'const {$1} = sms')
    .replace(/^(.+) \/\/ → (.+)$/gm, (_line, expression: string, value: string) => {
      return `claim(${JSON.stringify(expression)}, ${expression}, ${value})`
    })
  const claim = (expression: string, actual: unknown, expected: unknown) => {
    claims.push({ expression, actual, expected })
  }
  new Function('sms', 'claim', body)(sms, claim)
  return claims
}

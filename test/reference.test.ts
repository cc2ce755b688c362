/** The generated pages of docs/reference say what the code says. `npx vitest run test/reference.test.ts -u` writes them anew. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { documentLimits, flowJsonSchema, type Limits, structureCodes } from '@textloom/core'
import {
  engineLimits,
  expressionFunctions,
  filterGroups,
  soundnessCodes,
  stepFailureCodes,
  templateTags,
} from '@textloom/engine'
import { exampleScope } from '@textloom/engine/testing'
import { nodeIssueCodes, nodeLimits, registry } from '@textloom/nodes'
import {
  checkCodes,
  deadLetterReasons,
  hostCodes,
  ignoredReasons,
  problemCodes,
  publishCodes,
} from '@textloom/runtime/codes'
import { transportErrorCatalogue } from '@textloom/transports'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

test('docs/reference/flow.schema.json is the JSON Schema of this version', async () => {
  const schema = `${JSON.stringify(flowJsonSchema(registry), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../docs/reference/flow.schema.json')
})

test('docs/reference/errors.md explains every code that people and programs can meet', async () => {
  const page = [
    '# Errors and warnings',
    '',
    'Generated from the catalogues in the code. `textloom validate` prints those of flows, the editor shows them on the canvas.',
    '',
    ...section(
      'Structure',
      'A document with one of these is refused everywhere. All of them are reported at once.',
      Object.entries(structureCodes).map(([code, meaning]) => [code, 'error', meaning]),
    ),
    ...section(
      'Soundness',
      'A draft may have these. Errors stand in the way of publish, compile and simulate; warnings do not.',
      [...Object.entries(soundnessCodes), ...Object.entries(nodeIssueCodes)].map(([code, [severity, meaning]]) => [
        code,
        severity,
        meaning,
      ]),
    ),
    ...section(
      'Publishing',
      'What an instance says beside that of a flow that is to be published there. Errors stand in the way; warnings do not.',
      Object.entries(publishCodes).map(([code, [severity, meaning]]) => [code, severity, meaning]),
    ),
    ...section('Campaigns', 'Why a pre-launch check says that a campaign cannot be launched.', errors(checkCodes)),
    ...section(
      'Sessions',
      'Why a session failed: in its history, with the end `failed`, and as the reason of the dead letter that its text becomes.',
      errors(stepFailureCodes),
    ),
    ...section(
      'Links',
      'Why an MT did not go out by a link: in the log, and with the message.',
      errors(transportErrorCatalogue),
    ),
    ...section('Runtime', 'What the runtime itself says of messages, sessions and HTTP requests.', errors(hostCodes)),
    ...section(
      'Dead letters',
      'Why an event could not be handled. An inbox outcome `dead-letter:no-flow` names the reason, as `/dead-letters` does.',
      errors(deadLetterReasons),
    ),
    ...section(
      'Ignored events',
      'Why something that came in moved nothing. An inbox outcome `ignored:not-waiting` names the reason. `textloom simulate` prints `no-match` too, where the runtime has a dead letter `no-flow`.',
      Object.entries(ignoredReasons).map(([code, meaning]) => [code, 'ignored', meaning]),
    ),
    ...section(
      'HTTP API',
      'The `code` of a problem that the API answers with, its status first. The `detail` of the answer says what to do.',
      Object.entries(problemCodes).map(([code, [status, title]]) => [code, String(status), `${title}.`]),
    ),
  ]
  await expect(`${page.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../docs/reference/errors.md')
})

test('docs/reference/templates.md shows every filter and tag with its examples', async () => {
  const { vars, contact } = exampleScope.context
  const page = [
    '# Templates',
    '',
    'Generated from the catalogue in the code, which is all there is: no other filter or tag is known. A test renders each example.',
    '',
    'Texts, addresses and values of a flow are [Liquid](https://shopify.github.io/liquid/). `{{ … }}` shows a value, `| filter: argument` changes it on the way, `{% … %}` decides. A value that a person sent is shown as it is and never read as a template.',
    '',
    '## Values',
    '',
    '| | |',
    '|---|---|',
    '| `vars.*` | the declared variables of the flow |',
    '| `params.*` | what the session was started with |',
    '| `results.*.value`, `results.*.category` | the answers given so far |',
    '| `contact.*` | `phone`, `name`, `language`, `timezone`, `fields.*`, `groups` |',
    '| `reply.text` | what the contact wrote last |',
    '| `channel.*` | `id`, `address`, `country`, `timezone`, `languages` |',
    '| `now` | the time of the step |',
    '',
    "Dates, numbers and letter case follow the contact's language, else the first of the channel, else English; times of day the contact's time zone, else the channel's, else UTC. Special spaces and signs that Intl would write are replaced by plain ones, which fit the GSM alphabet. Filters of numbers take what is no number for 0.",
    '',
    'The examples below have, on 1 March 2026 at 12:30 UTC:',
    '',
    '```json',
    JSON.stringify({ vars, contact }, null, 2),
    '```',
    '',
    '## Limits',
    '',
    'A template has at most 100,000 characters, writes at most as many, passes at most 20,000 parts with its loops counted, and makes at most 100,000 characters and items in its filters. One that goes beyond fails its session; it cannot hold up any other.',
    '',
    '## Tags',
    '',
    ...Object.entries(templateTags).flatMap(([name, tag]) => entry(name, tag)),
    ...Object.entries(filterGroups).flatMap(([group, filters]) => [
      `## ${group}`,
      '',
      ...Object.entries(filters).flatMap(([name, filter]) => entry(name, filter, filter.usage)),
    ]),
  ]
  await expect(`${page.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../docs/reference/templates.md')
})

test('docs/reference/expressions.md shows every function with its examples', async () => {
  const page = [
    '# Expressions',
    '',
    'Generated from the catalogue in the code, which is all there is: no other function is known. A test evaluates each example over the values that [templates](templates.md#values) are shown with.',
    '',
    'Conditions and computed values of a flow are written in [CEL](https://cel.dev): `vars.age >= 18 && "vip" in contact.groups`. They see what templates see: `vars`, `params`, `results`, `contact`, `reply`, `channel` and `now`.',
    '',
    '## What there is',
    '',
    '| | |',
    '|---|---|',
    '| compare | `==` `!=` `<` `<=` `>` `>=` `in` |',
    '| combine | `&&` `\\|\\|` `!` `condition ? one : other` |',
    '| reckon | `+` `-` `*` `/` `%`; `+` joins texts and lists too |',
    '| write | `12` `1.5` `"text"` `true` `null` `[1, 2]` `{"name": 1}` |',
    '| reach in | `vars.order.items[0].sku` |',
    '',
    'Variables have the type that the flow declares, and the check of a flow says where types do not go together: text is never equal to a number. What is null is not there: ask by `has(vars.age)`. An expression that needs a value which is missing, or is another kind than it must be, comes to nothing, and a condition that comes to nothing does not hold.',
    '',
    '## Limits',
    '',
    'An expression has at most 2,000 characters and 500 parts. `exists`, `all`, `filter` and `map` go over lists of at most 100 items, one within another at most. There are no patterns: `matches` is refused, since some take for ever.',
    '',
    '## Functions',
    '',
    ...Object.entries(expressionFunctions).flatMap(([name, { usage, summary, examples }]) =>
      entry(
        name,
        { summary, examples: examples.map(([expression, value]) => [expression, JSON.stringify(value)]) },
        usage,
      ),
    ),
  ]
  await expect(`${page.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../docs/reference/expressions.md')
})

function entry(
  name: string,
  { summary, examples }: { summary: string; examples: readonly (readonly [string, string])[] },
  usage = name,
): readonly string[] {
  return [
    `### ${name}`,
    '',
    ...(usage === name ? [] : [`\`${usage}\``, '']),
    summary,
    '',
    '```liquid',
    ...examples.map(([template, text]) => `${template}  →  ${text}`),
    '```',
    '',
  ]
}

test('docs/reference/limits.md names every bound, with the error past it', async () => {
  const page = [
    '# Limits',
    '',
    'Generated from the constants in the code. They are far above what people need, and there so that no flow can harm the others. The last column says what is [said](errors.md) past each.',
    '',
    ...limitTable('Of a document', 'A document past one of these is refused.', documentLimits),
    ...limitTable('Of a node', 'Characters are UTF-16 code units. A document with more is refused.', nodeLimits),
    ...limitTable(
      'Of a conversation',
      'A session that comes past one of these with `engine/` fails by itself; the others are found when the flow is checked.',
      engineLimits,
    ),
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../docs/reference/limits.md')
})

test('every limit has an error that the errors reference explains', () => {
  const codes = Object.keys({ ...structureCodes, ...soundnessCodes, ...nodeIssueCodes, ...stepFailureCodes })
  const limits = Object.entries({ ...documentLimits, ...nodeLimits, ...engineLimits })
  expect(limits.filter(([, { error }]) => !codes.includes(error))).toEqual([])
})

test('schemas of nodes and documents name their limits', () => {
  // The status codes of HTTP, from 100 to 599, are no limit.
  const unnamed = ['packages/core/src/flow', 'packages/nodes/src']
    .flatMap(productionSources)
    .flatMap(({ path, text }) => matches(text, /(?<!\.min\(100\))\.max\((\d[\d_]*)\)/g, path))
  expect(unnamed).toEqual([])
})

function limitTable(title: string, about: string, limits: Limits): string[] {
  const rows = Object.entries(limits).map(
    ([constant, { value, of, error }]) =>
      `| \`${constant}\` | ${value.toLocaleString('en')} | ${of} | [\`${error}\`](errors.md#${error.replace('/', '')}) |`,
  )
  return [`## ${title}`, '', about, '', '| constant | at most | of what | error |', '|---|---|---|---|', ...rows, '']
}

/** What never leaves the program: zod's own, a worker's, and the kinds of a DatabaseError, whose sentence is what people see. */
const internal = ['custom', 'PGLITE_FAILED', 'folder-held', 'folder', 'start', 'server']

test('no code stands in the sources that the catalogues do not have', () => {
  const catalogued = new Set(
    Object.keys({ ...structureCodes, ...soundnessCodes, ...nodeIssueCodes, ...stepFailureCodes })
      .concat(Object.keys({ ...transportErrorCatalogue, ...hostCodes, ...problemCodes }))
      .concat(Object.keys({ ...deadLetterReasons, ...ignoredReasons, ...publishCodes, ...checkCodes })),
  )
  const families = [...new Set([...catalogued].flatMap((code) => code.match(/^[a-z-]+(?=\/)/) ?? []))]
  const codes = new RegExp(`['"]((?:${families.join('|')})/[a-z][a-z0-9-]*)['"]`, 'g')
  const used = ['apps/runtime/src', 'packages'].flatMap(productionSources).flatMap(({ path, text }) => [
    // `code: 'x'`, `'code', 'x'` in SQL, and whatever looks like a code of a known family; imports are no codes.
    ...matches(text.replaceAll(/^(?:import|export)\b.*?from .*$/gm, ''), codes, path),
    ...matches(text, /\bcode: '([^' ]+)'/g, path),
    ...matches(text, /'code', '([^' ]+)'/g, path),
    ...matches(text, /"code": "([^" ]+)"/g, path),
  ])
  expect(used.length).toBeGreaterThan(100)
  expect(used.filter(({ code }) => !catalogued.has(code) && !internal.includes(code))).toEqual([])
})

function matches(text: string, pattern: RegExp, path: string): { path: string; code: string }[] {
  return [...text.matchAll(pattern)].map(([, code = '']) => ({ path, code }))
}

function productionSources(folder: string): { path: string; text: string }[] {
  return globSync('**/*.ts', { cwd: join(root, folder), exclude: (name) => /node_modules|testing|pretend/.test(name) })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8') }))
}

function errors(catalogue: { readonly [code: string]: string }): readonly (readonly [string, string, string])[] {
  return Object.entries(catalogue).map(([code, meaning]) => [code, 'error', meaning])
}

/** A heading for each code, so that each can be linked to. */
function section(
  title: string,
  intro: string,
  rows: readonly (readonly [string, string, string])[],
): readonly string[] {
  const entries = rows.flatMap(([code, severity, meaning]) => [`### ${code}`, '', `${severity}: ${meaning}`, ''])
  return [`## ${title}`, '', intro, '', ...entries]
}

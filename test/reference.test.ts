/** The generated pages of docs/reference say what the code says. `npx vitest run test/reference.test.ts -u` writes them anew. */
import { flowJsonSchema, structureCodes } from '@textloom/core'
import { soundnessCodes } from '@textloom/engine'
import { nodeIssueCodes, registry } from '@textloom/nodes'
import { transportErrorCatalogue } from '@textloom/transports'
import { expect, test } from 'vitest'

test('docs/reference/flow.schema.json is the JSON Schema of this version', async () => {
  const schema = `${JSON.stringify(flowJsonSchema(registry), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../docs/reference/flow.schema.json')
})

test('docs/reference/errors.md explains every issue a flow can have, and why an MT may not go out', async () => {
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
      'Links',
      'Why an MT did not go out by a link: in the log, and with the message.',
      Object.entries(transportErrorCatalogue).map(([code, meaning]) => [code, 'error', meaning]),
    ),
  ]
  await expect(`${page.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../docs/reference/errors.md')
})

/** A heading for each code, so that each can be linked to. */
function section(
  title: string,
  intro: string,
  rows: readonly (readonly [string, string, string])[],
): readonly string[] {
  const entries = rows.flatMap(([code, severity, meaning]) => [`### ${code}`, '', `${severity}: ${meaning}`, ''])
  return [`## ${title}`, '', intro, '', ...entries]
}

import { compileFlow } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { type Command, Option } from 'commander'
import { toMermaid } from './drawing/mermaid.ts'
import { pictureOf } from './drawing/picture.ts'
import { toSvg } from './drawing/svg.ts'
import type { Io } from './io.ts'
import { loadDraft, loadSoundFlow } from './load-flow.ts'

/** What a flow can be turned into. Pictures can be made of drafts too. */
const formats: { readonly [format: string]: (file: string, io: Io) => Promise<string> } = {
  xstate: async (file, io) =>
    `${JSON.stringify(compileFlow(await loadSoundFlow(file, io), registry).config, null, 2)}\n`,
  mermaid: async (file, io) => toMermaid(pictureOf(await loadDraft(file, io), registry)),
  svg: async (file, io) => toSvg(pictureOf(await loadDraft(file, io), registry)),
}

/** `textloom export FILE --to FORMAT`: a flow for other programs and for people. */
export function configure(command: Command, io: Io): void {
  command
    .description('Turn a flow into a machine for XState, a Mermaid flowchart or an SVG picture.')
    .argument('<file>', 'a flow file; - for stdin')
    .addOption(new Option('--to <format>', 'the format').choices(Object.keys(formats)).makeOptionMandatory())
    .action(async (file: string, { to }: { to: string }) => {
      const made = await formats[to]?.(file, io)
      if (made !== undefined) await io.print(made)
    })
}

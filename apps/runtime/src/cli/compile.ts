import { compileFlow } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import type { Command } from 'commander'
import { toMermaid } from './drawing/mermaid.ts'
import { pictureOf } from './drawing/picture.ts'
import type { Io } from './io.ts'
import { loadSoundFlow } from './load-flow.ts'

/** `textloom compile FILE`: the machine that runs a flow, as XState's own JSON. */
export function configure(command: Command, io: Io): void {
  command
    .description("Print the XState machine of a flow as JSON that XState's createMachine takes.")
    .argument('<file>', 'a flow file; - for stdin')
    .option('--mermaid', 'print a Mermaid flowchart instead')
    .action(async (file: string, { mermaid }: { mermaid?: boolean }) => {
      const flow = await loadSoundFlow(file, io)
      if (mermaid) await io.print(toMermaid(pictureOf(flow, registry)))
      else await io.print(`${JSON.stringify(compileFlow(flow, registry).config, null, 2)}\n`)
    })
}

import { once } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { FileRefusal } from '../reading/file-refusal.ts'
import { readTable, type Table } from '../reading/read-table.ts'
import { type StagedRow, type StagingPlan, stager } from '../staging/stage-rows.ts'
import { lookAt } from './look.ts'
import type { FromThread, Task } from './protocol.ts'

const BATCH = 500

const port = parentPort
if (port === null) throw new Error('file-worker.ts runs in a thread.')
await work(workerData as Task, port).catch((error: unknown) => {
  if (!(error instanceof FileRefusal)) throw error
  tell(port, { refusal: { code: error.code, message: error.message } })
})
port.close()

async function work({ octets, wishes, country, plan }: Task, port: MessagePort): Promise<void> {
  const table = await readTable(octets, wishes, country ?? undefined)
  if ('mapping' in plan) await stageAll(table, plan, wishes.hasHeader ?? false, port)
  else tell(port, { look: await lookAt(table, { wishes, country, fields: plan.fields }) })
}

async function stageAll(table: Table, plan: StagingPlan, hasHeader: boolean, port: MessagePort): Promise<void> {
  const { stage, missingGroups } = stager(plan)
  let batch: StagedRow[] = []
  let isHeader = hasHeader
  const send = async () => {
    const staged = batch
    batch = []
    // No further than whoever stores them comes.
    const wanted = once(port, 'message')
    tell(port, { batch: { staged } })
    await wanted
  }
  for await (const row of table.rows()) {
    if (isHeader) {
      isHeader = false
      continue
    }
    batch.push(stage(row))
    if (batch.length === BATCH) await send()
  }
  if (batch.length > 0) await send()
  tell(port, { end: { missingGroups: missingGroups() } })
}

function tell(port: MessagePort, message: FromThread): void {
  port.postMessage(message)
}

import { realpath } from 'node:fs/promises'
import { connectPostgres } from '../postgres-js.ts'
import type { Sql } from '../sql.ts'
import { CLUSTER_USER, clusterOf, clusterPassword } from './cluster.ts'
import { readPostmaster, servesCluster } from './postmaster-file.ts'

/**
 * A connection to the PostgreSQL that another process of ours runs on a data folder, for a command that says one
 * thing and goes; the folder stays that process's. Undefined where none runs.
 */
export async function connectRunningServer(dataDir: string): Promise<Sql | undefined> {
  const folder = await realpath(dataDir).catch(() => undefined)
  if (folder === undefined) return undefined
  const cluster = clusterOf(folder)
  const found = await readPostmaster(cluster)
  if (found?.status !== 'ready' || !(await servesCluster(found.pid, cluster))) return undefined
  const host = found.listenAddress === '' ? cluster : found.listenAddress
  const { port } = found
  const password = await clusterPassword(folder)
  return connectPostgres(
    { host, port, user: CLUSTER_USER, password, database: 'postgres' },
    { engine: 'embedded', connections: 1 },
  )
}

/**
 * Names the address that tells where the servers of a test run are (`shared-servers.ts`). Not a TEXTLOOM_ name: the
 * runtimes that tests start would refuse it.
 */
export const SERVERS_ADDRESS = 'TEST_SERVERS_URL'

/** The URL of the server of this test run; undefined outside of one. @throws Error when it does not start */
export async function askSharedServer(engine: 'embedded' | 'server'): Promise<string | undefined> {
  const address = process.env[SERVERS_ADDRESS]
  if (address === undefined) return undefined
  const response = await fetch(`${address}/${engine}`)
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

/**
 * Other people's programs that tests talk to. They come from Debian (`scripts/ci-deps.sh` installs them); where one is
 * absent its tests are skipped, by name and with the reason, never failed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from 'vitest'
import type {} from '../scripts/closing-line.ts' // TaskMeta.skippedBecause

/** A program or library outside this repository. */
export interface Peer {
  readonly name: string
  /** The Debian package that has it. */
  readonly debianPackage: string
  /** Full path of the program (of the interpreter, for a library); undefined where it is not installed. */
  readonly path: string | undefined
}

const postgresFolders = existsSync('/usr/lib/postgresql')
  ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
  : []

/** Kannel's bearerbox: an independent ESME, and the gateway that latencies are compared with. */
export const kannel = program('bearerbox', 'kannel')
/** Kannel's reader of UCP frames, strict about their lengths and checksums. */
export const decodeEmimsg = program('decode_emimsg', 'kannel')
/** Kannel's CIMD2 SMSC for tests: an independent other end of our client. */
export const testCimd2 = program('test_cimd2', 'kannel-extras', ['/usr/lib/kannel/test'])
/** Kannel's SMSC for floods: deliver_sm as fast as they are answered, or faster. */
export const driveSmpp = program('drive_smpp', 'kannel-extras', ['/usr/lib/kannel/test'])
/** Wireshark on the command line: an independent judge of PDUs. */
export const tshark = program('tshark', 'tshark')
/** A PostgreSQL server to start with a folder of its own; the newest one installed. */
export const postgresServer = program('postgres', 'postgresql', postgresFolders.toReversed())
/** PostgreSQL's own load generator. */
export const pgbench = program('pgbench', 'postgresql', postgresFolders.toReversed())
/** A browser, for what only a browser can tell. */
export const chromium = program('chromium', 'chromium')
/** An independent SMPP codec and SMSC, in Perl. */
export const netSmpp = perlModule('Net::SMPP', 'libnet-smpp-perl')

/** Makes pseudo-terminals, for programs that open serial ports. */
export const socat = program('socat', 'socat')
/** Three programs that have talked to real modems for twenty years. */
export const gammu = program('gammu', 'gammu')
export const gnokii = program('gnokii', 'gnokii')
export const smstools = program('smsd', 'smstools')
/** Gammu's decoder of TPDUs, for Python. */
export const pythonGammu = pythonModule('gammu', 'python3-gammu')

/**
 * A suite that needs peers: it runs where all of them are installed; elsewhere each of its tests is listed as skipped,
 * with what is missing.
 */
export function describeWith(peers: readonly Peer[], title: string, suite: () => void): void {
  const absent = peers.filter(({ path }) => path === undefined)
  const reason = absent.map(({ name, debianPackage }) => `${name} is not installed (Debian package ${debianPackage})`)
  describe(
    title,
    { skip: absent.length > 0, meta: absent.length > 0 ? { skippedBecause: reason.join('; ') } : {} },
    suite,
  )
}

function program(name: string, debianPackage: string, firstLookIn: readonly string[] = []): Peer {
  const folders = [...firstLookIn, ...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return { name, debianPackage, path: folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) }
}

/** Debian's modules are those of Debian's own Python. */
function pythonModule(name: string, debianPackage: string): Peer {
  const python = '/usr/bin/python3'
  const isThere = spawnSync(python, ['-c', `import ${name}`], { stdio: 'ignore' }).status === 0
  return { name, debianPackage, path: isThere ? python : undefined }
}

function perlModule(name: string, debianPackage: string): Peer {
  const perl = program('perl', 'perl').path
  const isThere = perl !== undefined && spawnSync(perl, [`-M${name}`, '-e1'], { stdio: 'ignore' }).status === 0
  return { name, debianPackage, path: isThere ? perl : undefined }
}

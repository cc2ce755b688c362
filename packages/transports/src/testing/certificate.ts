import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const openssl = 'openssl'

/** Why there can be no certificates here; undefined where there can. */
export const noCertificates =
  spawnSync(openssl, ['version'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'openssl is not installed, and Node alone makes no certificates'

/** A certificate that vouches for itself, and its key, in PEM. */
export function selfSigned(name: string): { readonly cert: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'textloom-tls-'))
  try {
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync(openssl, [...made, ...names, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' })
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

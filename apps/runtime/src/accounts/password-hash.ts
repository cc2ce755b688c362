import { hash, verify } from '@node-rs/argon2'

/** OWASP Password Storage Cheat Sheet: Argon2id (the package's default) with 19 MiB and two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** One password is typed as composed and as decomposed characters on different keyboards (NIST SP 800-63B §3.1.1.2). */
const typed = (password: string) => password.normalize('NFKC')

/** Argon2id in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(typed(password), cost)
}

/**
 * True when the password belongs to the hash. Without a hash it takes as long and is false, so that the time of an
 * answer does not tell whether an account exists.
 */
export async function isPasswordOf(hashed: string | null | undefined, password: string): Promise<boolean> {
  const isRight = await verify(hashed ?? (await decoy()), typed(password))
  return hashed != null && isRight
}

let made: Promise<string> | undefined

function decoy(): Promise<string> {
  made ??= hashPassword('nobody has this password')
  return made
}

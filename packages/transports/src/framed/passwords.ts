/**
 * The password of an account while it is being changed for another: the new one is tried first, and where the SMSC does not
 * know it yet, the old one, by which it is changed then. So it does not matter how often that was begun, or by whom.
 */
export class Passwords {
  readonly #old: string
  readonly #new: string
  #isNew: boolean

  /** @param next what the password is to become; '' where it stays */
  constructor(password: string, next: string) {
    this.#old = password
    this.#new = next
    this.#isNew = next !== ''
  }

  /** What to log in with. */
  get current(): string {
    return this.#isNew ? this.#new : this.#old
  }

  /** What to change the password to now that we are logged in; undefined where nothing is to be changed. */
  get toBecome(): string | undefined {
    return this.#new === '' || this.#isNew ? undefined : this.#new
  }

  /** The password was wrong. True if the old one has still to be tried. */
  refused(): boolean {
    if (this.#new === '') return false
    this.#isNew = !this.#isNew
    return !this.#isNew
  }

  /** The SMSC has changed it. */
  changed(): void {
    this.#isNew = true
  }
}

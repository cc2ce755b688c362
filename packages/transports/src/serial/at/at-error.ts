/** Why a command did not come to OK. */
export type AtProblem =
  /** `+CMS ERROR`: about messages (3GPP TS 27.005 §3.2.5, TS 24.011 annex E). */
  | { readonly kind: 'cms'; readonly number: number }
  /** `+CME ERROR`: about the equipment (3GPP TS 27.007 §9.2). */
  | { readonly kind: 'cme'; readonly number: number }
  /** `ERROR`, without a reason. */
  | { readonly kind: 'error' }
  /** No answer in time. */
  | { readonly kind: 'silent' }
  /** The line was closed meanwhile. */
  | { readonly kind: 'closed' }

/** A command that failed. Its message names the command without its arguments, which may be a PIN or a text. */
export class AtError extends Error {
  override readonly name = 'AtError'
  readonly problem: AtProblem

  constructor(command: string, problem: AtProblem) {
    super(`${nameOf(command)}: ${words(problem)}`)
    this.problem = problem
  }
}

/** `AT+CPIN=1234` is `AT+CPIN`. */
function nameOf(command: string): string {
  return command.replace(/[=?].*$/s, '')
}

function words(problem: AtProblem): string {
  switch (problem.kind) {
    case 'cms':
      return `+CMS ERROR ${problem.number}`
    case 'cme':
      return `+CME ERROR ${problem.number}`
    case 'error':
      return 'ERROR'
    case 'silent':
      return 'the modem does not answer'
    case 'closed':
      return 'the line was closed'
  }
}

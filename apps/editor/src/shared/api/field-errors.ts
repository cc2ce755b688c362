import { ApiError } from './problem.ts'

/** What a refused form says beside its fields, and what belongs to none of them. */
export interface FormErrors {
  readonly fields: ReadonlyMap<string, string>
  /** One sentence for the whole form; undefined when every complaint has its field. */
  readonly form: string | undefined
}

/** Sorts the complaints of a refusal by the fields that the form shows. */
export function formErrors(error: Error | null, shown: readonly string[]): FormErrors {
  if (error === null) return { fields: new Map(), form: undefined }
  const issues = error instanceof ApiError && Array.isArray(error.problem.issues) ? error.problem.issues : []
  const complaints = issues.filter(isComplaint)
  const fields = new Map<string, string>()
  let rest = complaints.length === 0
  for (const { path, message } of complaints) {
    const field = shown.find((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`))
    if (field === undefined) rest = true
    else if (!fields.has(field)) fields.set(field, sentence(path, message))
  }
  return { fields, form: rest ? error.message : undefined }
}

/** `port must be …` says no more beside the field than `Must be …`. */
function sentence(path: string, message: string): string {
  const said = message.startsWith(path) ? message.slice(path.length).trimStart() : message
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`
}

function isComplaint(issue: unknown): issue is { path: string; message: string } {
  if (typeof issue !== 'object' || issue === null || !('path' in issue) || !('message' in issue)) return false
  return typeof issue.path === 'string' && typeof issue.message === 'string'
}

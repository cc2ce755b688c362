import type { JsonObject } from '../json.ts'

/**
 * How documents of one version become those of the next. A step looks only at what it changes, passes on whatever it
 * does not know, and never changes once it is released; documents may be wrong in any way a draft can be.
 */
export interface FlowMigration {
  /** The version it reads; it makes the one after. */
  readonly from: number
  /** What it does, for the list of steps and the errors: `ask: "max" becomes "most"`. */
  readonly does: string
  up(document: JsonObject): JsonObject
}

/** The version of flow documents that is written, and the steps that lead to it from every older one. */
export interface FlowVersions {
  readonly current: number
  readonly steps: readonly FlowMigration[]
}

/** The versions of `textloom/flow@N` that this program reads. There is one so far, so there is no step. */
export const flowVersions: FlowVersions = { current: 1, steps: [] }

/** What became of a document that may be of an older version. */
export type Upgrade =
  | { readonly kind: 'current'; readonly document: JsonObject }
  /** The version is not one that there is a way from: it is newer, or none at all. */
  | { readonly kind: 'unknown'; readonly version: number }
  /** A step could not read the document. */
  | { readonly kind: 'failed'; readonly version: number; readonly step: FlowMigration; readonly why: string }

/**
 * Brings a document to the current version, a step at a time. One that says no version is passed on as it is, for
 * `parseFlow` to refuse. Never throws.
 */
export function upgradeFlow(document: JsonObject, { current, steps }: FlowVersions = flowVersions): Upgrade {
  const from = versionOf(document.format)
  if (from === undefined || from === current) return { kind: 'current', document }
  let upgraded = document
  for (let version = from; version !== current; version += 1) {
    const step = steps.find((each) => each.from === version)
    if (!step) return { kind: 'unknown', version: from }
    try {
      upgraded = { ...step.up(upgraded), format: formatOf(version + 1) }
    } catch (error) {
      return { kind: 'failed', version, step, why: error instanceof Error ? error.message : String(error) }
    }
  }
  return { kind: 'current', document: upgraded }
}

function formatOf(version: number): string {
  return `textloom/flow@${version}`
}

/** The N of `textloom/flow@N`. */
function versionOf(format: unknown): number | undefined {
  const [, digits] = (typeof format === 'string' && /^textloom\/flow@(\d{1,9})$/.exec(format)) || []
  return digits === undefined ? undefined : Number(digits)
}

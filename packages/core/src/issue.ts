/**
 * Something in an author's flow that is not right yet: plain data, shown on the canvas and printed by
 * `textloom validate`, never thrown.
 */
export interface Issue {
  /** Stable identifier such as `flow/dangling-edge`; documented in the errors reference. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** Structural issues are refused everywhere; soundness issues may stand in a draft. */
  readonly kind: 'structure' | 'soundness'
  /** The node it belongs to, if any. */
  readonly node?: string
  /** Where in the document, as a path of keys from its root: `nodes[2].data.options[0].label`. */
  readonly path: string
  /** One sentence for a person: what is wrong and what to do. */
  readonly message: string
}

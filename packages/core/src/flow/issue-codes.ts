/** Every structural defect of a flow document, as the errors reference explains it. */
export const structureCodes = {
  'flow/not-json': 'The text is not JSON, so nothing in it can be read. The message names the place.',
  'flow/too-large': 'The document has more than 5 MB. Split the flow into several.',
  'flow/schema': 'A value is missing or is not what must stand at its place.',
  'flow/unknown-field': 'A field that nothing reads, often a spelling mistake; it would be lost silently.',
  'flow/unknown-node-type': 'A node of a type that this version of Textloom does not have.',
  'flow/duplicate-id': 'Two nodes, edges, exits, notes, variables, parameters or tests have the same id or name.',
  'flow/dangling-edge': 'An edge whose source, target or exit does not exist.',
} as const satisfies { readonly [code: string]: string }

/** The code of a structural defect. */
export type StructureCode = keyof typeof structureCodes

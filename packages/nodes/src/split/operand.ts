const path = /^(?:reply|vars|params|contact|results|channel)(?:\.[A-Za-z_][\w-]*|\[\d+\])+$/

/** Whether a text names a value of the flow, such as `vars.age` or `contact.fields.city`. */
export function isPath(left: string): boolean {
  return path.test(left)
}

/** The left side of a rule as a template: a path is put into braces, a template stays as it is. */
export function templateOf(left: string): string {
  return isPath(left) ? `{{ ${left} }}` : left
}

/** Whether a template can come to a web address: it begins as one, or with a value. */
export function isWebAddress(template: string): boolean {
  return /^\s*(?:https?:\/\/[^\s/]|\{[{%])/i.test(template)
}

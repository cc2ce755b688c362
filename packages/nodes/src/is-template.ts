/** Whether a text holds anything that is computed. */
export function isTemplate(text: string): boolean {
  return /\{[{%]/.test(text)
}

/** Languages that are offered beside those of the channel; any other can be imported with a flow. */
export const commonLanguages = [
  'en',
  'hu',
  'de',
  'fr',
  'es',
  'it',
  'pl',
  'ro',
  'sk',
  'uk',
  'ar',
  'hi',
  'pt',
  'tr',
] as const

import { numbersFound } from '../number-text.ts'
import type { RecogniseContext, Recognised } from './context.ts'

/**
 * The first number in a text, in digits of any script. Where the writer's language has a decimal comma, `1.500` is
 * fifteen hundred and `1,500` one and a half; elsewhere it is the other way round.
 */
export function recogniseNumber(
  text: string,
  context: Pick<RecogniseContext, 'language' | 'country'>,
): Recognised<number> | undefined {
  return numbersFound(text, decimalMarkOf(context))[0]
}

/** Which mark stands before the tenths: CLDR 48, `numbers/symbols/decimal`. */
function decimalMarkOf({ language, country }: Pick<RecogniseContext, 'language' | 'country'>): '.' | ',' {
  const [tongue = ''] = language.toLowerCase().split('-')
  if (tongue === 'es' && country !== undefined && pointSpanish.has(country.toUpperCase())) return '.'
  if (tongue === 'de' && country !== undefined && ['CH', 'LI'].includes(country.toUpperCase())) return '.'
  return commaLanguages.has(tongue) ? ',' : '.'
}

const commaLanguages = new Set(
  'az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk ky lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi'.split(
    ' ',
  ),
)

const pointSpanish = new Set('MX US PR DO GT HN NI PA PE SV'.split(' '))

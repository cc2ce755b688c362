let known: readonly { readonly value: string; readonly label: string }[] | undefined

/** The countries that Intl knows, by name. */
export function countryChoices() {
  known ??= findCountries()
  return [...known]
}

function findCountries() {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
  const codes = letters.flatMap((a) => letters.map((b) => a + b))
  return codes
    .flatMap((code) => {
      const name = notCountries.has(code) ? undefined : names.of(code)
      return name === undefined ? [] : [{ value: code, label: name }]
    })
    .sort((a, b) => a.label.localeCompare(b.label))
}

/** What Intl names beside countries: unions, and codes of states that are no more. */
const notCountries = new Set(
  'AN AP BU CS CT DD DY EU EW EZ FQ FX HV JT MI NH NQ NT PC PU PZ QO RH SU TP UK UN VD WK XA XB YD YU ZR ZZ'.split(' '),
)

import type { FieldDefinition } from '../../people/fields.ts'
import type { ColumnTarget, Mapping } from '../rules.ts'
import { readPhone } from './read-phone.ts'

type Plain = Exclude<ColumnTarget, `field:${string}`>

/** How columns are called, in the languages that spreadsheets here are written in; letters only, without accents. */
const headers: { readonly [target in Plain]: readonly string[] } = {
  phone: [
    ...['phone', 'phonenumber', 'telephone', 'tel', 'mobile', 'mobilenumber', 'mobilephone', 'cell', 'cellphone'],
    ...['msisdn', 'number', 'sms', 'telefon', 'telefonszam', 'mobil', 'mobiltelefon', 'szam', 'telefonnummer', 'handy'],
    ...['handynummer', 'rufnummer', 'portable', 'gsm', 'telefono', 'movil', 'celular', 'telefone', 'numer', 'komorka'],
  ],
  name: [
    ...[
      'name',
      'fullname',
      'firstname',
      'lastname',
      'givenname',
      'familyname',
      'surname',
      'contact',
      'nev',
      'teljesnev',
    ],
    ...['vezeteknev', 'keresztnev', 'utonev', 'vorname', 'nachname', 'nom', 'prenom', 'nombre', 'apellido', 'imie'],
    ...['nazwisko', 'nome', 'cognome', 'jmeno', 'prijmeni'],
  ],
  language: ['language', 'lang', 'locale', 'nyelv', 'sprache', 'langue', 'idioma', 'jezyk', 'lingua', 'jazyk'],
  timezone: ['timezone', 'tz', 'zone', 'idozona', 'zeitzone', 'fuseauhoraire', 'zonahoraria', 'strefaczasowa'],
  groups: [
    'groups',
    'group',
    'tags',
    'labels',
    'lists',
    'csoport',
    'csoportok',
    'gruppe',
    'gruppen',
    'groupes',
    'grupos',
  ],
}

/** The share of values that look like phone numbers in a column that is taken for them. */
const MOSTLY = 0.5

/**
 * What each column most likely is for: by its header, by the fields that are defined, and the phone by what stands in it.
 * A guess, which people look over.
 */
export function guessMapping(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  { fields, country }: { readonly fields: readonly FieldDefinition[]; readonly country: string | null },
): Mapping {
  const taken = new Set<ColumnTarget>()
  const mapping = names.map((name): ColumnTarget | null => {
    const target = targetNamed(bare(name), fields)
    if (target === null || (taken.has(target) && target !== 'name')) return null
    taken.add(target)
    return target
  })
  if (!mapping.includes('phone')) {
    const phones = names.map((_name, column) => shareOfPhones(rows, column, country))
    const best = phones.indexOf(Math.max(...phones))
    if ((phones[best] ?? 0) >= MOSTLY) mapping[best] = 'phone'
  }
  return mapping
}

function targetNamed(name: string, fields: readonly FieldDefinition[]): ColumnTarget | null {
  if (name === '') return null
  const field = fields.find(({ key, title }) => bare(key) === name || bare(title) === name)
  if (field !== undefined) return `field:${field.key}`
  const found = (Object.keys(headers) as Plain[]).find((target) => headers[target].includes(name))
  return found ?? null
}

function bare(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function shareOfPhones(rows: readonly (readonly string[])[], column: number, country: string | null): number {
  const cells = rows.flatMap((row) => (row[column] ? [row[column]] : []))
  const phones = cells.filter((cell) => {
    const read = readPhone(cell, country)
    return 'phone' in read && !read.isShort
  })
  return cells.length === 0 ? 0 : phones.length / cells.length
}

/** Whether the first row names the columns: nothing in it is a phone number or any other, and no two are the same. */
export function looksLikeHeader(first: readonly string[], country: string | null): boolean {
  const named = first.filter((cell) => cell !== '')
  const isName = (cell: string) => !/^[+-]?[\d\s.,:/()-]*$/.test(cell) && !('phone' in readPhone(cell, country))
  return named.length > 0 && named.every(isName) && new Set(named).size === named.length
}

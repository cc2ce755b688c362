import { countingFlow, startHouse, until } from '@textloom/runtime/testing/system'
import { expect, onTestFinished, test } from 'vitest'

const phone = '+36301234567'

test.each([
  { what: 'a command_length of 4', octets: '0000000400000015', offset: /octet \d+/ },
  {
    what: 'a page of HTML',
    octets: Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n').toString('hex'),
    offset: /octet \d+/,
  },
])(
  '$what on the link: one log line says where, the link is bound again, and talk goes on',
  async ({ octets, offset }) => {
    const house = await startHouse({ flows: [countingFlow] })
    onTestFinished(() => house.remove())
    await house.says(phone, 'one')
    expect(await house.heard(phone, 1)).toEqual(['1 one'])

    const boundAgain = house.smsc.next('bound')
    house.smsc.fault({ octets })
    await boundAgain
    await house.says(phone, 'two')
    expect(await house.heard(phone, 2)).toEqual(['1 one', '2 two'])

    const lines = await until(() => linesThat(house.runtime.stderr, offset), 'a line in the log that names the octet')
    expect(lines).toHaveLength(1)
    expect(house.runtime.stderr.join('\n')).not.toMatch(/3630|one|two/)
  },
)

/** Lines of the log that fit, if there are any. */
function linesThat(log: readonly string[], fits: RegExp): readonly string[] | undefined {
  const lines = log.filter((line) => fits.test(line))
  return lines.length > 0 ? lines : undefined
}

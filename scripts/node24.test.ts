import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

const scriptUrl = new URL('./node24.mjs', import.meta.url).href

/** A process that runs `program` by `run`, as the entry scripts do. */
function wrapperOf(program: string) {
  const wrapper = `import { run } from '${scriptUrl}'
    process.exitCode = await run(process.execPath, ['--eval', ${JSON.stringify(program)}])`
  return spawn(process.execPath, ['--input-type=module', '--eval', wrapper], { stdio: ['ignore', 'pipe', 'inherit'] })
}

test.each([
  { ending: 'exits with 0', program: 'process.exitCode = 0', code: 0 },
  { ending: 'exits with 3', program: 'process.exitCode = 3', code: 3 },
  {
    ending: 'dies of a SIGTERM',
    program: 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 60_000)',
    code: 143,
  },
])('a program that $ending gives exit code $code', async ({ program, code }) => {
  expect(await once(wrapperOf(program), 'exit')).toEqual([code, null])
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s reaches the program, which ends in its own way',
  async (signal) => {
    const wrapper = wrapperOf(`process.on('${signal}', () => process.exit(7))
    setInterval(() => {}, 60_000)
    console.log('ready')`)
    await once(wrapper.stdout, 'data')
    wrapper.kill(signal)
    expect(await once(wrapper, 'exit')).toEqual([7, null])
  },
)

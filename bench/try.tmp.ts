import { countingFlow, engineOf, makeInstance, storageOn } from '@textloom/runtime/testing/system'
import { PretendSmsc } from '@textloom/transports/pretend-smsc'
import { closedLoop } from './closed-loop.ts'
import { quantile, median } from './alternate.ts'
const smsc = await new PretendSmsc({ window: 50 }).start()
const storage = await storageOn(engineOf(process.argv[2] ?? 'embedded'))
const prof = process.argv[3] === 'prof' ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : []
const instance = await makeInstance({ storage, smscPort: smsc.port, flows: [countingFlow], link: { windowSize: 50 }, env: { LOG_LEVEL: 'warn', ...(prof.length ? { NODE_OPTIONS: prof.join(' ') } : {}) }, program: ['/tmp/start-direct.ts'] })
const bound = smsc.next('bound')
const runtime = await instance.start()
await bound
await closedLoop(smsc, { phones: 10, seconds: 2, to: '4040' })
for (const phones of [1, 10, 300]) {
  const l = await closedLoop(smsc, { phones, seconds: 4, to: '4040' })
  console.log(phones, 'per s', l.perSecond.toFixed(0), 'p50', quantile(l.latenciesMs, 0.5).toFixed(2), 'p99', quantile(l.latenciesMs, 0.99).toFixed(2))
}
console.log((await (await runtime.api('/metrics')).text()).split('\n').filter(l=>/store_seconds_(sum|count)/.test(l)).join('\n'))
await runtime.stop(); await smsc.stop(); await storage.remove()

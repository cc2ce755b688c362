import { expect, test } from 'vitest'
import { reasonToInstall } from './installed.mjs'

const here = { os: [process.platform], cpu: [process.arch] }
const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-zod' },
    'node_modules/vitest': { version: '5.1.1', integrity: 'sha512-vitest', dev: true },
    'node_modules/node': { version: '24.21.0', integrity: 'sha512-node', optional: true, ...here },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-fs', optional: true, os: ['plan9'], cpu: ['vax'] },
  },
}
const { zod, vitest, node } = {
  zod: { 'node_modules/zod': wanted.packages['node_modules/zod'] },
  vitest: { 'node_modules/vitest': wanted.packages['node_modules/vitest'] },
  node: { 'node_modules/node': wanted.packages['node_modules/node'] },
}
const older = { version: '4.0.0', integrity: 'sha512-old' }

test.each([
  { installed: 'everything for this machine', packages: { ...zod, ...vitest, ...node }, reason: undefined },
  { installed: 'nothing', packages: {}, reason: 'node_modules/zod is not installed' },
  {
    installed: 'another version',
    packages: { ...vitest, ...node, 'node_modules/zod': older },
    reason: 'node_modules/zod is 4.0.0, package-lock.json wants 4.6.7',
  },
  {
    installed: 'another version of an optional package',
    packages: { ...zod, ...vitest, 'node_modules/node': older },
    reason: 'node_modules/node is 4.0.0, package-lock.json wants 24.21.0',
  },
  { installed: 'no development tools', packages: { ...zod, ...node }, reason: undefined },
  {
    installed: 'no development tools, to a test run',
    packages: { ...zod, ...node },
    withDev: true,
    reason: 'node_modules/vitest is not installed',
  },
  { installed: 'no optional package', packages: { ...zod, ...vitest }, reason: undefined },
  {
    installed: 'no optional package, from before the lock changed',
    packages: { ...zod, ...vitest },
    withOptional: true,
    reason: 'node_modules/node is not installed',
  },
])('with $installed installed the reason to install is $reason', ({ packages, reason, withDev, withOptional }) => {
  const options = { withDev: withDev ?? false, withOptional: withOptional ?? false }
  expect(reasonToInstall(wanted, { packages }, options)).toBe(reason)
})

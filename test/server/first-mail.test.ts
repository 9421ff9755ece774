import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

const bundles = new URL('../../src/bundles/', import.meta.url).href

/** As a started forum does: what Node.js has loaded by the end of it. */
const sendFirstMail = `
  const { bundlePackages } = await import('${bundles}packages.mjs')
  const { preferWholeFiles } = await import('${bundles}prefer.mjs')
  await bundlePackages()
  preferWholeFiles()
  const { createTransport } = await import('nodemailer')
  await createTransport({ jsonTransport: true }).sendMail({ to: 'a@b.example', text: 'Welcome' })
  console.log(process.moduleLoadList.join('\\n'))
`

test('the first mail loads what sends it, and not what Node.js has for WebSocket and fetch', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', sendFirstMail])
  assert.match(stdout, /NativeModule https$/m)
  assert.doesNotMatch(stdout, /undici/)
})

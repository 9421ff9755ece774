import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where it may be taken away at any time. */
export const cache = fileURLToPath(new URL('../../node_modules/.cache/stoa', import.meta.url))

/**
 * Has esbuild write a folder, unless it is there; it appears as a whole, and may be made by several at the same time.
 * Throws where we may not write.
 * @param {string} folder
 * @param {import('esbuild').BuildOptions} what
 */
export async function makeOnce(folder, what) {
  if (existsSync(folder)) return
  const draft = `${folder}.${randomBytes(6).toString('hex')}`
  const { build, stop } = await import('esbuild')
  await mkdir(draft, { recursive: true })
  try {
    await build({
      outdir: draft,
      outExtension: { '.js': '.mjs' },
      absWorkingDir: root,
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      logLevel: 'silent',
      ...what,
    })
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Somebody else who starts was quicker.
    if (!existsSync(folder)) throw error
  } finally {
    await stop()
  }
}

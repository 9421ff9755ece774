import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { afterwards } from '../support/afterwards.ts'
import { folderWith } from './process.ts'

/** A disk of a few megabytes; undefined where nobody lets us have one. */
export function smallDisk(t: TestContext, megabytes: number): string | undefined {
  const folder = folderWith(t)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  afterwards(t, () => void execFileSync('umount', ['--lazy', folder]))
  return folder
}

/** Takes all room that is left, to the last byte. */
export function fill(file: string): void {
  for (const size of [65_536, 512, 1]) {
    const descriptor = openSync(file, 'a')
    try {
      for (;;) writeFileSync(descriptor, 'x'.repeat(size))
    } catch (error) {
      assert.equal(Object(error).code, 'ENOSPC')
    } finally {
      closeSync(descriptor)
    }
  }
}

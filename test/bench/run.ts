// Measures the forum: npm run bench -- [options]; docs/PERFORMANCE.md says what and how.
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { dirname } from 'node:path'
import { endAll, endWhenInterrupted, isInterrupted } from './endings.ts'
import { measureAll } from './measure-all.ts'
import { type Options, readOptions, usage } from './options.ts'
import { comparison } from './report/compare.ts'
import { figuresOf } from './report/figures.ts'
import { figuresTable, otherLines } from './report/report.ts'
import type { Measured, Result } from './report/result.ts'

if (process.argv.includes('--help')) {
  console.log(usage)
  process.exit()
}

endWhenInterrupted()
try {
  const options = readOptions(process.argv.slice(2))
  const result = resultOf(options, await measureAll(options))
  mkdirSync(dirname(options.json), { recursive: true })
  const before = options.compare && comparison(result, options.compare)
  writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`)
  for (const line of ['', ...otherLines(result), '', figuresTable(result), '']) console.log(line)
  if (before) console.log(`${before}\n`)
  console.log(`Written to ${options.json}`)
} catch (error) {
  if (!isInterrupted()) console.error(error instanceof RangeError ? error.message : error)
  process.exitCode = 1
} finally {
  await endAll()
}
process.exit()

function resultOf({ database, posts, random, seconds }: Options, measured: Measured): Result {
  return {
    made: new Date().toISOString(),
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processors: availableParallelism(),
    options: { database, posts, random, seconds },
    ...measured,
    figures: figuresOf(measured),
  }
}

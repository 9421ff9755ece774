import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { DatabaseKind } from '../../src/platform/store/index.ts'

export type Options = {
  readonly posts: number
  readonly database: DatabaseKind
  /** How long each case is loaded, in seconds. */
  readonly seconds: number
  /** The seed's number: the same gives the same forum. */
  readonly random: number
  /** Only cases whose name holds one of these words; empty: all. */
  readonly only: readonly string[]
  /** Where the result is written. */
  readonly json: string
  /** An earlier result to compare with. */
  readonly compare: string | undefined
  /** Where CPU profiles of the forum's process are written, one for each case. */
  readonly profile: string | undefined
}

/** Holds seeded databases, which the next run finds. */
export const cacheFolder = join(tmpdir(), 'stoa-bench')

export const usage = `npm run bench -- [options]
  --posts N            posts in the forum (100000)
  --database KIND      sqlite (the default) or postgres
  --seconds N          how long each case is loaded (4)
  --random N           the number that the content is made from (1)
  --only WORDS         only cases and measurements whose name holds one of these words, divided by commas
  --json FILE          where the result is written (${join(cacheFolder, 'bench-result.json')})
  --compare FILE       show what changed since the run that wrote this file
  --profile FOLDER     write a CPU profile of the forum for each case, and print where its time goes`

/** What the command line asks for. Throws RangeError with one line for whoever typed it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args)
  const { database } = values
  if (database !== 'sqlite' && database !== 'postgres') throw new RangeError('--database must be sqlite or postgres')
  return {
    posts: number('posts', values.posts, 1000, 10_000_000),
    database,
    seconds: number('seconds', values.seconds, 1, 600),
    random: number('random', values.random, 1, 2 ** 31),
    only: (values.only ?? []).flatMap(words => words.split(',')).flatMap(word => word.trim() || []),
    json: resolve(values.json),
    compare: values.compare && resolve(values.compare),
    profile: values.profile && resolve(values.profile),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        posts: { type: 'string', default: '100000' },
        database: { type: 'string', default: 'sqlite' },
        seconds: { type: 'string', default: '4' },
        random: { type: 'string', default: '1' },
        only: { type: 'string', multiple: true },
        json: { type: 'string', default: join(cacheFolder, 'bench-result.json') },
        compare: { type: 'string' },
        profile: { type: 'string' },
      },
    })
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error))
  }
}

function number(name: string, value: string, least: number, most: number): number {
  const read = Number(value)
  if (!/^\d+(\.\d+)?$/.test(value) || read < least || read > most) {
    throw new RangeError(`--${name} must be a number from ${least} to ${most}, not ${JSON.stringify(value)}`)
  }
  return read
}

/** Whether `--only` asks for what is called so. */
export function isWanted({ only }: Options, name: string): boolean {
  return only.length === 0 || only.some(word => name.includes(word))
}

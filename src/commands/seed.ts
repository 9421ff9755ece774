import { parseArgs } from 'node:util'
import { seed } from '../seed/index.ts'
import { type Command, UsageError } from './command.ts'
import { tenths } from './progress.ts'

const day = 24 * 60 * 60 * 1000

/** `seed --members 500 --topics 5000 --posts 100000 [--random N]` */
export const seedCommand: Command = {
  name: 'seed',
  usage: '[--members N] [--topics N] [--posts N] [--random N]',
  about: 'fill the forum with believable content, the same for the same --random',
  async run({ store, args, print }) {
    const wanted = readOptions(args)
    const began = performance.now()
    // A whole day, so that the same number gives the same forum twice on one day.
    const end = Math.floor(Date.now() / day) * day
    await seed(store.db, { ...wanted, end, onProgress: tenths(print, 'posts') })
    const seconds = (performance.now() - began) / 1000
    print(`${wanted.posts} posts in ${seconds.toFixed(1)} s, ${Math.round(wanted.posts / seconds)} a second`)
    return 0
  },
}

const defaults = { members: '500', topics: '5000', posts: '100000', random: '1' }

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      members: { type: 'string', default: defaults.members },
      topics: { type: 'string', default: defaults.topics },
      posts: { type: 'string', default: defaults.posts },
      random: { type: 'string', default: defaults.random },
    },
  })
  const wanted = {
    members: wholeNumber('members', values.members, 100_000),
    topics: wholeNumber('topics', values.topics, 1_000_000),
    posts: wholeNumber('posts', values.posts, 10_000_000),
    random: wholeNumber('random', values.random, 2 ** 31),
  }
  if (wanted.posts < wanted.topics) throw new UsageError('--posts must be at least --topics: each topic has a post')
  return wanted
}

function wholeNumber(name: string, value: string, most: number): number {
  if (!/^[1-9]\d{0,9}$/.test(value) || Number(value) > most) {
    throw new UsageError(`--${name} must be a whole number from 1 to ${most}, not ${JSON.stringify(value)}`)
  }
  return Number(value)
}

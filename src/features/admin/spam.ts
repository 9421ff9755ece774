import type { Db } from '../../platform/store/index.ts'
import { registry, settings } from '../settings/index.ts'
import { allBlocks, allQuestions, blockKinds, checks, stopsSince } from '../spam/index.ts'

const countedDays = 30

/** Everything that the page about spam shows. */
export async function spamPage(db: Db, now = Date.now()) {
  const stops = await stopsSince(db, countedDays, now)
  const values = await settings(db)
  return {
    checks: checks.map(({ name, settings }) => ({
      name,
      stopped: stops.get(name) ?? 0,
      fields: settings.map(key => ({ key, ...registry[key] })),
    })),
    values,
    limitsStopped: stops.get('limits') ?? 0,
    questions: await allQuestions(db),
    blocks: await allBlocks(db),
    blockKinds,
  }
}

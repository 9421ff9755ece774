import type { Db } from '../platform/store/index.ts'
import { seed } from './seed.ts'

export { type SeedOptions, seed } from './seed.ts'

/** A little of everything, for whoever sets a forum up and wants to see how it looks with people in it. */
export async function addSampleContent(db: Db): Promise<void> {
  await seed(db, { members: 24, topics: 60, posts: 420, random: 7, end: Date.now() })
}

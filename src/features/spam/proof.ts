import { createHash } from 'node:crypto'
import { type Challenge, createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { formKey } from './form-key.ts'
import { markSpent } from './queries/proofs.ts'

const minute = 60_000
const lastsMs = 20 * minute
const longestPayload = 4000
/** What one try costs the browser; the setting says how many tries it takes on average. */
const iterations = 1000

const payloadForm = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      algorithm: z.string(),
      nonce: z.string(),
      salt: z.string(),
      cost: z.number(),
      keyLength: z.number(),
      keyPrefix: z.string(),
      keySignature: z.string(),
      expiresAt: z.number(),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
})

/** A sum for a browser, as altcha's widget expects it; good for twenty minutes and for one form. */
export async function newChallenge(db: Db, now = Date.now()): Promise<Challenge> {
  const { proof_of_work_cost: tries } = await settings(db)
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: iterations,
    counter: randomInt(Math.ceil(tries * 1.5), Math.ceil(tries / 2)),
    deriveKey,
    expiresAt: new Date(now + lastsMs),
    ...keysOf(db),
  })
}

/** Is this the solution of one of our challenges, in time? It is so once. */
export async function spendProof(db: Db, payload: unknown): Promise<boolean> {
  const read = payloadForm.safeParse(decoded(payload))
  if (!read.success || !(await isRight(db, read.data))) return false
  const { nonce, salt, expiresAt } = read.data.challenge.parameters
  const hash = createHash('sha256').update(`${nonce} ${salt}`).digest('hex')
  return markSpent(db, hash, expiresAt * 1000)
}

function keysOf(db: Db) {
  return {
    hmacSignatureSecret: formKey(db, 'challenge'),
    hmacKeySignatureSecret: formKey(db, 'challenge key'),
  }
}

function decoded(payload: unknown): unknown {
  if (typeof payload !== 'string' || payload.length > longestPayload) return null
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'))
  } catch {
    return null
  }
}

async function isRight(db: Db, { challenge, solution }: z.infer<typeof payloadForm>): Promise<boolean> {
  // The signature covers everything else; without that comparison nothing of it is to be believed.
  const result = await verifySolution({ challenge, solution, deriveKey, ...keysOf(db) }).catch(() => null)
  return result?.verified === true
}

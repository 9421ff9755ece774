import type { Files } from '../../platform/files/index.ts'
import { FetchFailed } from '../../platform/outward/index.ts'
import type { Errand } from './going-out.ts'
import { bringPicture, type KeptPicture, noPicture } from './pictures.ts'
import { nothingSaid, type Said } from './reading/clean.ts'
import { oembedAddress } from './reading/providers.ts'
import { readOembed } from './reading/read-oembed.ts'
import { readPage } from './reading/read-page.ts'

export type FoundCard = Omit<Said, 'pictureUrl'> & KeptPicture

const { pictureUrl: _, ...noWords } = nothingSaid

export const emptyCard: FoundCard = { ...noWords, ...noPicture }

/** So much of a page is enough: what it says of itself stands at its beginning. */
const beginning = 512 * 1024

/** A provider that says more than that says something else. */
const longestAnswer = 128 * 1024

/**
 * What a page says of itself. A known provider (oEmbed) is asked first, and the page for what that leaves open. Only words
 * are taken, and one picture, which we keep. Throws FetchFailed.
 */
export async function lookUp(errand: Errand, files: Files, url: string): Promise<FoundCard> {
  const told = await askProvider(errand, url)
  const isEnough = told.title !== null && told.pictureUrl !== null
  const said = isEnough ? told : merged(told, await askPage(errand, url, told))
  const { pictureUrl, ...words } = said
  if (words.title === null) return emptyCard
  return { ...words, ...(pictureUrl ? await bringPicture(errand, files, pictureUrl) : noPicture) }
}

async function askProvider(errand: Errand, url: string): Promise<Said> {
  const endpoint = await oembedAddress(url)
  if (!endpoint) return nothingSaid
  try {
    return readOembed(
      await errand.fetchOut(endpoint, { accept: ['application/json', 'text/json'], maxBytes: longestAnswer }),
    )
  } catch (error) {
    if (error instanceof FetchFailed) return nothingSaid
    throw error
  }
}

/** A page that refuses us is no failure if its provider has told enough. */
async function askPage(errand: Errand, url: string, told: Said): Promise<Said> {
  const accept = ['text/html', 'application/xhtml+xml']
  try {
    return await readPage(await errand.fetchOut(url, { accept, maxBytes: beginning, beyond: 'cut' }))
  } catch (error) {
    if (error instanceof FetchFailed && told.title !== null) return nothingSaid
    throw error
  }
}

function merged(first: Said, second: Said): Said {
  return {
    title: first.title ?? second.title,
    site: first.site ?? second.site,
    author: first.author ?? second.author,
    description: first.description ?? second.description,
    pictureUrl: first.pictureUrl ?? second.pictureUrl,
  }
}

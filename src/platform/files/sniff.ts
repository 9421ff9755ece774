import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

/** What a file is, by its content. */
export interface Sniffed {
  readonly kind: 'image' | 'file'
  /** As which it may be served. */
  readonly type: string
  /** What its name may end with; the first one is put there when it ends otherwise. */
  readonly endings: readonly string[]
}

type Known = Sniffed & { matches(head: Buffer): boolean }

function starts(...bytes: readonly (number | string)[]) {
  const wanted = Buffer.concat(
    bytes.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))),
  )
  return (head: Buffer) => head.subarray(0, wanted.length).equals(wanted)
}

function has(at: number, ...texts: readonly string[]) {
  return (head: Buffer) => texts.some(text => head.toString('latin1', at, at + text.length) === text)
}

function image(ending: string, matches: Known['matches'], type = ending): Known {
  const endings = ending === 'jpg' ? ['jpg', 'jpeg', 'jfif'] : [ending]
  return { kind: 'image', type: `image/${type}`, endings, matches }
}

function file(type: string, endings: string, matches: Known['matches']): Known {
  return { kind: 'file', type, endings: endings.split(' '), matches }
}

/** WHATWG MIME Sniffing for what browsers know, else the specification of each format. */
const known: readonly Known[] = [
  image('png', starts(0x89, 'PNG\r\n', 0x1a, '\n')),
  image('jpg', starts(0xff, 0xd8, 0xff), 'jpeg'),
  image('gif', head => has(0, 'GIF87a', 'GIF89a')(head)),
  image('webp', head => has(0, 'RIFF')(head) && has(8, 'WEBPVP')(head)),
  image('avif', has(4, 'ftypavif', 'ftypavis')),
  image('heic', has(4, 'ftypheic', 'ftypheix', 'ftypmif1', 'ftypmsf1', 'ftyphevc')),
  file('application/pdf', 'pdf', starts('%PDF-')),
  file('application/zip', 'zip docx xlsx pptx odt ods odp odg epub gpkg kmz cbz 3mf usdz apkg', head =>
    has(0, 'PK\x03\x04', 'PK\x05\x06')(head),
  ),
  file('application/gzip', 'gz tgz svgz', starts(0x1f, 0x8b, 0x08)),
  file('application/x-7z-compressed', '7z', starts('7z', 0xbc, 0xaf, 0x27, 0x1c)),
  file('application/zstd', 'zst', starts(0x28, 0xb5, 0x2f, 0xfd)),
  file('application/x-xz', 'xz txz', starts(0xfd, '7zXZ', 0x00)),
  file(
    'audio/mpeg',
    'mp3',
    head => has(0, 'ID3')(head) || (head[0] === 0xff && [0xfb, 0xf3, 0xf2].includes(head[1] ?? 0)),
  ),
  file('audio/flac', 'flac', starts('fLaC')),
  file('audio/wav', 'wav', head => has(0, 'RIFF')(head) && has(8, 'WAVE')(head)),
  file('application/ogg', 'ogg oga ogv opus', starts('OggS', 0x00)),
  file(
    'video/mp4',
    'mp4 m4v m4a mov',
    has(4, 'ftypisom', 'ftypmp4', 'ftypM4A', 'ftypM4V', 'ftypiso', 'ftypqt', 'ftypavc1'),
  ),
  file('video/webm', 'webm mkv', starts(0x1a, 0x45, 0xdf, 0xa3)),
]

const text: Sniffed = {
  kind: 'file',
  // Whatever it is for, nobody's browser takes it for a page.
  type: 'text/plain; charset=utf-8',
  endings: (
    'txt md csv tsv log json jsonl yaml yml toml ini conf diff patch srt vtt gpx kml ics vcf tex bib sql ' +
    'c h cpp hpp cs java kt py rb rs go ts css lua pl sh r m swift stl obj gcode dxf'
  ).split(' '),
}

/** The kinds of pictures that can be taken, for people who choose a file. */
export const imageTypes: readonly string[] = ['png', 'jpeg', 'gif', 'webp', 'avif'].map(name => `image/${name}`)

/** Endings of all that can be taken, for people who choose a file. */
export const fileEndings: readonly string[] = [...known, text].flatMap(({ endings }) => endings.map(name => `.${name}`))

/** What this file is, by its content alone; null: nothing that we take. */
export async function sniff(path: string): Promise<Sniffed | null> {
  const head = await headOf(path)
  const found = known.find(({ matches }) => matches(head))
  if (found) return { kind: found.kind, type: found.type, endings: found.endings }
  return head.length > 0 && (await isText(path)) ? text : null
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** UTF-8 without the control characters that no text holds. */
async function isText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      if (/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(decoder.decode(chunk as Buffer, { stream: true }))) return false
    }
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ejs from 'ejs'
import express, { type RequestHandler, type Response, Router } from 'express'
import { bestEncoding } from '../encoding.ts'

/** The files that pages refer to: `public/` as it is, and in `public/build/` what was built, under hashed names. */
export type Assets = {
  /** The address of a built file by the name it had before: `url('main.css')`. */
  url(file: string): string
  /** An icon of the built sprite as HTML; without a label it is decoration beside a word. */
  icon(name: string, label?: string): string
  /** Answers for `public/`. */
  router: RequestHandler
}

type Built = { manifest: Readonly<Record<string, string>>; files: ReadonlySet<string> }

const suffixes = { br: '.br', gzip: '.gz', identity: '' } as const

/** Reads what was built in `folder`/build. */
export function openAssets(folder: string): Assets {
  const build = join(folder, 'build')
  const built = readBuild(build)
  const url = (file: string) => {
    const name = built.manifest[file]
    if (!name) throw new Error(`${file} was not built: public/build/manifest.json does not name it`)
    return `/build/${name}`
  }
  return { url, icon: (name, label) => icon(url('sprite.svg'), name, label), router: serve(folder, build, built.files) }
}

function icon(sprite: string, name: string, label: string | undefined): string {
  const spoken = label === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${ejs.escapeXML(label)}"`
  return `<svg class="icon" ${spoken}><use href="${sprite}#${ejs.escapeXML(name)}"></use></svg>`
}

function readBuild(build: string): Built {
  const manifest = join(build, 'manifest.json')
  if (!existsSync(manifest)) return { manifest: {}, files: new Set() }
  return { manifest: JSON.parse(readFileSync(manifest, 'utf8')), files: new Set(readdirSync(build)) }
}

function serve(folder: string, build: string, files: ReadonlySet<string>): RequestHandler {
  const router = Router()
  router.get('/build/:file', (req, res, next) => {
    const { file } = req.params
    if (!files.has(file) || !/^[\w-]+\.(css|js|svg|map)$|^[\w-]+-\w{8}\.json$/.test(file)) return next()
    sendBuilt(res, build, file, files)
  })
  router.use('/build', (_req, res) => void res.status(404).type('text').send('Not found'))
  router.use(express.static(folder, { index: false, redirect: false, maxAge: '1h' }))
  const others = new Set(filesIn(folder))
  return (req, res, next) => {
    if (isBuilt(req.path) || others.has(req.path)) router(req, res, next)
    else next()
  }
}

function isBuilt(path: string): boolean {
  return /^\/build(\/|$)/i.test(path)
}

/** As they are asked for. The disk is looked at now, and not for every page that somebody reads. */
function filesIn(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = found.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
  return paths.map(path => encodeURI(`/${path}`))
}

/** A built file never changes under its name; its compressed forms lie beside it. */
function sendBuilt(res: Response, root: string, file: string, files: ReadonlySet<string>): void {
  const offered = (['br', 'gzip'] as const).filter(encoding => files.has(file + suffixes[encoding]))
  const encoding = bestEncoding(res.req.headers['accept-encoding'], offered)
  res.type(file).vary('Accept-Encoding')
  if (encoding !== 'identity') res.set('Content-Encoding', encoding)
  res.sendFile(file + suffixes[encoding], { root, immutable: true, maxAge: '365d', acceptRanges: false })
}

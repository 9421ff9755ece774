import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { stop } from 'esbuild'
import { buildAssets } from '../../src/build.mjs'
import { openStore } from '../../src/platform/store/index.ts'
import { freePort } from '../support/postgres/ready.ts'
import type { Case, Scene } from './cases/case.ts'
import { guestCases, memberCases } from './cases/reading.ts'
import { signInCase, writingCases } from './cases/writing.ts'
import { type Ground, prepareGround } from './ground/ground.ts'
import { findPlaces } from './ground/places.ts'
import { type Around, compareWithBare } from './measures/compare-with-bare.ts'
import { countQueries } from './measures/queries.ts'
import { measureStarts } from './measures/start.ts'
import { measureWaiting, type Waiting } from './measures/waiting.ts'
import { weighPage } from './measures/weight.ts'
import { isWanted, type Options } from './options.ts'
import { Profiler } from './profile.ts'
import { casesTable } from './report/report.ts'
import type { Measured } from './report/result.ts'
import { ServerProcess } from './server-process.ts'
import { signInAll } from './visits.ts'

const here = import.meta.dirname

/** How long nobody asks for anything before memory is looked at, in milliseconds: the forum gives back what it can after ten seconds. */
const idleMs = { afterStart: 3000, afterLoad: 12_000 }

/** Everything that is wanted, one after the other, on a copy of the seeded database. */
export async function measureAll(options: Options): Promise<Measured> {
  await bundle()
  const ground = await prepareGround(options)
  const measured: Measured = { cases: [] }
  if (isWanted(options, 'start')) measured.starts = await measureStarts(() => startForum(ground))
  const { forum, profiler } = await startProfiled(ground, options)
  await setTimeout(idleMs.afterStart)
  const idle = forum.memory()
  const scene = await sceneOn(ground, forum)
  await measureCases(options, ground, { forum, scene, profiler }, measured)
  if (isWanted(options, 'waiting')) measured.waiting = await measureBeside(scene, ground, options)
  if (isWanted(options, 'memory')) {
    await setTimeout(idleMs.afterLoad)
    measured.memory = { idle, afterLoad: forum.memory() }
  }
  if (isWanted(options, 'weight')) measured.weight = await weighPage(forum.url + scene.places.topic)
  await forum.end()
  if (isWanted(options, 'queries')) measured.queries = await countQueries(ground, scene)
  return measured
}

/** What bundles is a process of its own, which would stay as long as ours. */
async function bundle(): Promise<void> {
  await buildAssets()
  await stop()
}

type Started = { readonly forum: ServerProcess; readonly profiler?: Profiler }

async function startProfiled(ground: Ground, { profile }: Options): Promise<Started> {
  if (!profile) return { forum: await startForum(ground) }
  const port = await freePort()
  const forum = await startForum(ground, [`--inspect=127.0.0.1:${port}`])
  return { forum, profiler: new Profiler(port, profile) }
}

/** As `npm start` does, without a word about what goes well. */
function startForum({ database, folder }: Ground, args: readonly string[] = []): Promise<ServerProcess> {
  const url = database.kind === 'sqlite' ? database.file : database.url
  return ServerProcess.start({
    launcher: join(here, '../../src/node.sh'),
    args: [...args, join(here, '../../src/start.mjs')],
    env: { DATA_DIR: folder, DATABASE_URL: url, LOG_LEVEL: 'warn' },
    folder,
    probe: '/',
  })
}

function startBare(folder: string, pages = folder): Promise<ServerProcess> {
  return ServerProcess.start({ args: [join(here, 'bare.mjs'), pages], env: {}, folder, probe: '/' })
}

async function measureBeside(scene: Scene, { folder }: Ground, { seconds }: Options): Promise<Waiting> {
  const bare = await startBare(folder)
  const waiting = await measureWaiting(scene, bare.url, seconds)
  await bare.end()
  return waiting
}

async function sceneOn({ database }: Ground, { url }: ServerProcess): Promise<Scene> {
  const store = await openStore(database)
  const places = await findPlaces(store.db)
  await store.close()
  return { url, places, cookies: await signInAll(url) }
}

type Running = Started & { readonly scene: Scene }

async function measureCases(
  options: Options,
  { folder }: Ground,
  { forum, scene, profiler }: Running,
  measured: Measured,
): Promise<void> {
  const cases = (await allCases(scene)).filter(({ name }) => isWanted(options, name))
  if (cases.length === 0) return
  const pages = join(folder, 'pages')
  mkdirSync(pages)
  const bare = await startBare(folder, pages)
  const around: Around | undefined = profiler && ((name, act) => profiler.around(name, act))
  try {
    for (const [index, one] of cases.entries()) {
      progress(`${index + 1} of ${cases.length}: ${one.name}`)
      measured.cases.push(await compareWithBare({ forum, bare }, pages, one, options.seconds, around))
    }
  } finally {
    progress('')
    console.log(casesTable(measured.cases, cases))
  }
  await bare.end()
}

/** The lightest first; those that write come last, because they change what the others read. */
async function allCases(scene: Scene): Promise<Case[]> {
  return [...guestCases(scene), ...memberCases(scene), ...(await writingCases(scene)), signInCase()]
}

function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`)
  else if (text) console.log(text)
}

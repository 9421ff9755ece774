import express, { type Express } from 'express'
import type { App } from '../../../src/app.ts'

export type Method = 'GET' | 'POST'

/** A route as the router knows it: `/topic/:id/reply`. */
export type Route = { readonly method: Method; readonly path: string }

/** What handlers read of a request: names of query parameters, or of fields of a form. */
type Reads = Map<string, Set<string>>
type Known = { readonly app: Express; readonly reads: Reads }

/** Every Express application made since this module was loaded, and what was asked of its requests. */
const made: Known[] = []

type Layer = {
  readonly rawPath?: string | readonly string[]
  readonly handle: object & { readonly stack?: readonly Layer[] }
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> }
}

const proto: { init(this: Express): void } = express.application
const init = proto.init
proto.init = function (this: Express): void {
  made.push({ app: this, reads: listen(this) })
  init.call(this)
}

/** A forum's own routes, read from its router, and what each of them looks at. */
export class Routes {
  readonly all: readonly Route[]
  readonly #reads: Reads

  /** Of the forum that was made last. */
  constructor(_forum: { readonly app: App }) {
    const last = made.at(-1)
    if (!last) throw new Error('No application was made since the harness was loaded')
    const { stack } = last.app.router as unknown as { stack: readonly Layer[] }
    const routes = stack.flatMap(layer => routesIn(layer, ''))
    const different = new Map(routes.map(route => [`${route.method} ${route.path}`, route]))
    this.all = [...different.values()]
    this.#reads = last.reads
  }

  of(method: Method): readonly Route[] {
    return this.all.filter(route => route.method === method)
  }

  /** Which query parameters or fields were asked for, present or not, at this path. */
  readAt(method: Method, path: string): readonly string[] {
    return [...(this.#reads.get(keyOf(method, path)) ?? [])]
  }
}

function routesIn({ rawPath, handle, route }: Layer, base: string): Route[] {
  if (route) {
    const methods = (['GET', 'POST'] as const).filter(
      method => route.methods[method.toLowerCase()] || route.methods._all,
    )
    return [route.path].flat().flatMap(path => methods.map(method => ({ method, path: joined(base, path) })))
  }
  const mounts = [rawPath ?? '/'].flat()
  return (handle.stack ?? []).flatMap(layer => mounts.flatMap(mount => routesIn(layer, joined(base, mount))))
}

function joined(base: string, path: string): string {
  return `${base}${path === '/' && base ? '' : path}`.replaceAll(/\/{2,}/g, '/').replace(/^(?!\/)/, '/')
}

/** Looks over the shoulder of whoever reads a request, so that no list of parameters has to be kept. */
function listen({ request }: Express): Reads {
  const reads: Reads = new Map()
  const original = Object.getOwnPropertyDescriptor(express.request, 'query')?.get
  const bodies = new WeakMap<object, unknown>()
  type Asked = { method: string; originalUrl: string }
  const watched = (asked: Asked, content: unknown) => {
    if (typeof content !== 'object' || content === null) return content
    const key = keyOf(asked.method === 'HEAD' ? 'GET' : asked.method, asked.originalUrl)
    return new Proxy(content, {
      get(target, name, receiver) {
        if (typeof name === 'string') reads.set(key, (reads.get(key) ?? new Set()).add(name))
        return Reflect.get(target, name, receiver)
      },
    })
  }
  Object.defineProperty(request, 'query', {
    configurable: true,
    get(this: Asked) {
      return watched(this, original?.call(this))
    },
  })
  Object.defineProperty(request, 'body', {
    configurable: true,
    get(this: Asked) {
      return watched(this, bodies.get(this))
    },
    set(this: Asked, content: unknown) {
      bodies.set(this, content)
    },
  })
  return reads
}

function keyOf(method: string, path: string): string {
  return `${method} ${path.split('?', 1)[0]}`
}

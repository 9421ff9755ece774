// The server that the forum is compared with: Express as it comes, which answers fixed strings.
//   node bare.mjs FOLDER     answers /NAME with the text of the file FOLDER/NAME, as a page
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express from 'express'

const folder = process.argv[2] ?? '.'
const app = express()
const pages = new Map()

app.get('/', (_req, res) => void res.send('ready'))
app.get('/:name', (req, res) => {
  const { name } = req.params
  const page = pages.get(name) ?? readFileSync(join(folder, name), 'utf8')
  pages.set(name, page)
  res.type('html').send(page)
})
app.listen(Number(process.env.PORT), process.env.HOST)

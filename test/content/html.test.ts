import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertSameWhenSaved, pasted } from './support/compose.ts'

const rel = 'rel="ugc nofollow noopener"'

test('What the rich editor sends is stored in the same form as what is typed', async () => {
  assert.equal(
    await pasted(
      '<h1>A</h1><p>one<br>two <b>bold</b><i> it</i></p><ul><li><p>x</p></li><li><p>y</p><p>z</p></li></ul>',
    ),
    '<h3>A</h3><p>one<br>two <strong>bold</strong> <em>it</em></p><ul><li>x</li><li><p>y</p><p>z</p></li></ul>',
  )
  assert.equal(
    await pasted(
      '<ul><li data-checked="true"><label><input type="checkbox" checked><span></span></label><div><p>done</p></div></li></ul>',
    ),
    '<ul><li class="task"><label><input type="checkbox" disabled checked>done</label></li></ul>',
  )
  assert.equal(
    await pasted('<details open><summary>The end</summary><p>they live</p></details>'),
    '<details class="spoiler"><summary>Spoiler</summary><p>The end</p><p>they live</p></details>',
  )
})

test('Divisions and doubled line breaks are paragraphs, and empty ones are none', async () => {
  assert.equal(
    await pasted('<div>a<br><br>b</div><div><div>c</div><p>&nbsp;</p>d</div><p></p><section>e</section>f'),
    '<p>a</p><p>b</p><p>c</p><p>d</p><p>e</p><p>f</p>',
  )
})

test('Marks around blocks stand inside of them, never twice, and spaces outside', async () => {
  assert.equal(
    await pasted('<b><p>one <strong>two</strong> </p><ul><li>three</li></ul></b>'),
    '<p><strong>one two</strong></p><ul><li><strong>three</strong></li></ul>',
  )
  assert.equal(await pasted('<p><em>a </em>b<em></em><em>c</em><em>d</em></p>'), '<p><em>a</em> b<em>cd</em></p>')
  assert.equal(await pasted('<b>one<br>two</b>'), '<p><strong>one</strong><br><strong>two</strong></p>')
})

test('Tables get a head, cells of one line, and rows of the same width', async () => {
  assert.equal(
    await pasted('<table><caption>T</caption><tr><td>a<td><p>b</p><p>c</p><tr><td colspan=2 style="x">d</table>'),
    '<p>T</p><table><thead><tr><th scope="col">a</th><th scope="col">b c</th></tr></thead><tbody><tr><td>d</td><td></td></tr></tbody></table>',
  )
})

test('Lists within lists belong to the item before them, as old editors mean it', async () => {
  assert.equal(
    await pasted('<ul><li>a</li><ul><li>b</li></ul>stray</ul><ol start="-3"><li></li><li>c</li></ol>'),
    '<ul><li>a<ul><li>b</li></ul></li><li>stray</li></ul><ol><li>c</li></ol>',
  )
})

test('Addresses in pasted text become links, embeds only where the editor says so', async () => {
  assert.equal(
    await pasted('<p>see https://a.example/x</p><p>https://a.example/y</p>'),
    `<p>see <a href="https://a.example/x" ${rel}>https://a.example/x</a></p><p><a class="embed" href="https://a.example/y" ${rel}>https://a.example/y</a></p>`,
  )
  const shown = `<p><a href="https://a.example/y" ${rel}>https://a.example/y</a></p>`
  assert.equal(await pasted('<p><a href="https://a.example/y">https://a.example/y</a></p>'), shown)
  assert.equal(
    await pasted('<p><a class="embed" href="https://b.example/">https://a.example/y</a></p>'),
    `<p><a href="https://b.example/" ${rel}>https://a.example/y</a></p>`,
  )
})

test('What Word puts on the clipboard comes out as its text, emphasis and links', async () => {
  const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
    <style><!-- p.MsoNormal {margin:0cm} --></style><title>Draft</title>
    <!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View>${'<w:LsdException Locked="false"/>'.repeat(375)}</w:WordDocument></xml><![endif]--></head>
    <body lang=EN-US style='tab-interval:36.0pt'><!--StartFragment-->
    <p class=MsoNormal><span lang=PL style='mso-ansi-language:PL'>Line <b
      style='mso-bidi-font-weight:normal'>bold</b> and <a href="https://a.example/">link</a><o:p></o:p></span></p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>1.<span>&nbsp;&nbsp; </span></span><![endif]>Item<o:p></o:p></p>
    <p><img src="blob:http://localhost/6eee" v:shapes="Obraz_x0020_1"></p><!--EndFragment--></body></html>`
  const stored = await pasted(word)
  assert.equal(
    stored,
    `<p>Line <strong>bold</strong> and <a href="https://a.example/" ${rel}>link</a></p><p>1.\u00a0\u00a0 Item</p>`,
  )
  await assertSameWhenSaved(stored)
})

import type { AnyExtension } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { HorizontalRule } from '@tiptap/extension-horizontal-rule'
import { Italic } from '@tiptap/extension-italic'
import { BulletList, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { Dropcursor, Gapcursor, Placeholder, TrailingNode, UndoRedo } from '@tiptap/extensions'
import { CodeBlock, InlineCode } from './code.ts'
import { Heading } from './heading.ts'
import { Image, type ImageOptions } from './image.ts'
import { Link } from './link.ts'
import { ListItem } from './list-item.ts'
import { Mention } from './mention.ts'
import { Quote } from './quote.ts'
import { InlineSpoiler, Spoiler } from './spoiler.ts'
import { Table, TableCell, TableHeader, TableRow } from './table.ts'
import { Underline } from './underline.ts'

type Given = {
  readonly placeholder: string
  readonly words: { readonly taskDone: string }
  readonly image: ImageOptions
}

/** What a text may hold: the same as src/content/model, which decides. */
export function extensionsWith({ placeholder, words, image }: Given): AnyExtension[] {
  return [
    Document,
    Paragraph,
    Text,
    HardBreak.extend({
      addKeyboardShortcuts: () => ({ 'Shift-Enter': ({ editor }) => editor.commands.setHardBreak() }),
    }),
    Bold,
    Italic,
    Underline,
    Strike,
    InlineCode,
    InlineSpoiler,
    Link,
    Heading,
    Quote,
    Spoiler,
    CodeBlock,
    BulletList,
    OrderedList,
    ListItem.configure({ taskDone: words.taskDone }),
    ListKeymap.configure({ listTypes: [{ itemName: 'listItem', wrapperNames: ['bulletList', 'orderedList'] }] }),
    Table,
    TableRow,
    TableHeader,
    TableCell,
    HorizontalRule,
    Image.configure(image),
    Mention,
    UndoRedo,
    Gapcursor,
    Dropcursor.configure({ class: 'drop-place', color: false }),
    Placeholder.configure({ placeholder }),
    TrailingNode,
  ]
}

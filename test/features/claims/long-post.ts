/** A long post as people paste it: paragraphs, some with more than one line between them, and quotation marks of all kinds. */
export const longPost = `For the gardeners of the lower town, the new reservoir was a two-for-one win.

First, the old basin\u2019s leak had taken away one of the quarter\u2019s most reliable sources of water, the one that fed \u2018the long ditch\u2019 and did much of the work in dry summers.

The repair has also turned the anger of the millers \u2014 and of their many friends in the council \u2014 squarely against the pumping house, raising doubts about the continued viability of the whole plan.


"This is precisely the sort of chance that the ditch needed," said Sam Heller, who studies water rights. \u201CEven if the pumps are not stopped at once, it is very difficult for me to imagine that they can go on \u2018as before\u2019.\u201D

What's more, fewer than 1,000 of the 5,000 gardens have a well of their own\u2026 and some neighbours argued that last year's drawdown had left them dry already.

\u00ABC\u2019est la fin\u00BB, wrote one of them; \u201EDas war\u2019s\u201C, another.
Two lines without a gap stay two lines.


"That is the end of the garden as we know it," she wrote in a message.`

/** Its paragraphs, each with its lines. */
export const paragraphs = longPost.split(/\n{2,}/).map(paragraph => paragraph.split('\n'))

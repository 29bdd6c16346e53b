const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements whose start and end end a line. Unknown ones do not, as in browsers: a made-up tag does not part a word. */
export const BLOCK = names(
  'address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li listing main marquee ' +
    'menu nav noembed noframes noscript ol optgroup option p plaintext pre search section select summary table tbody ' +
    'td template textarea tfoot th thead title tr ul xmp',
);

export const VOID = names(
  'area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr',
);

/** Elements that lay out a table; browsers drop their tags outside of one, so there they only part words. */
export const TABLE_PART = names('caption colgroup tbody td tfoot th thead tr');

/** Elements that stay when their text goes, since what is around them counts on them: a cell, the page's title, a field. */
export const STRUCTURAL = names(
  'body button caption colgroup fieldset form head html main option select summary tbody td textarea tfoot th thead title',
);

/** Elements that do something without text: what holds one stays. */
export const SHOWN = names(
  'audio base canvas embed form frame iframe image img input link map math meta object script select source style svg ' +
    'textarea track video',
);

/** Elements that a reader never sees, whatever their style: for browsers without scripts, frames or plug-ins, and models. */
export const UNSEEN = names('datalist iframe noembed noframes noscript template');

/** Elements that keep line breaks. */
export const PREFORMATTED = names('listing plaintext pre textarea xmp');

/** Elements whose end tag may be left out. */
export const OMISSIBLE = names('dd dt li option p');

/** Elements in SVG and MathML that hold HTML again. */
export const INTEGRATION = names('annotation-xml desc foreignobject mi mn mo ms mtext title');

const PARAGRAPH = names('p');
const HEADING = names('h1 h2 h3 h4 h5 h6 p');
const CELL = names('td th');

/** Which elements a start tag ends, where they are the innermost ones. */
const ENDED_BY: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...[...BLOCK].map((name): [string, ReadonlySet<string>] => [name, PARAGRAPH]),
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name): [string, ReadonlySet<string>] => [name, HEADING]),
  ['a', names('a')],
  ['li', names('li p')],
  ['dd', names('dd dt p')],
  ['dt', names('dd dt p')],
  ['option', names('option')],
  ['optgroup', names('optgroup option')],
  ['td', CELL],
  ['th', CELL],
  ['tr', names('td th tr')],
  ['tbody', names('tbody td tfoot th thead tr')],
  ['tfoot', names('tbody td tfoot th thead tr')],
  ['button', names('button p')],
  ['rt', names('rp rt')],
  ['rp', names('rp rt')],
]);

const NONE: ReadonlySet<string> = new Set();

export function endedBy(name: string): ReadonlySet<string> {
  return ENDED_BY.get(name) ?? NONE;
}

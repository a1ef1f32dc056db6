const svgNamespace = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An HTML element: `onclick` and the like add listeners, `true` sets an empty attribute, null and false leave it out. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for an SVG element. */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(svgNamespace, tag), attributes, children);
}

/** A labelled <select>; options are [value, text] pairs. `onchoice` gets the chosen value. */
export function choice(label, options, onchoice, chosen = options[0]?.[0]) {
  const select = h(
    'select',
    { onchange: () => onchoice(select.value) },
    options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  );
  return h('label', { class: 'choice' }, h('span', null, label), select);
}

/** A labelled check box. */
export function checkbox(label, checked, onchange) {
  const box = h('input', { type: 'checkbox', checked, onchange: () => onchange(box.checked) });
  return h('label', { class: 'check' }, box, h('span', null, label));
}

/** An HTML table in a box that scrolls sideways; `columns` are texts, `numeric` the indices set flush right. */
export function dataTable(caption, columns, rows, numeric = []) {
  const aligned = (index) => (numeric.includes(index) ? 'number' : null);
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'data' },
      h('caption', { class: 'hidden' }, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          columns.map((column, i) => h('th', { scope: 'col', class: aligned(i) }, column)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map((row) =>
          h(
            'tr',
            null,
            row.map((cell, i) => h('td', { class: aligned(i) }, cell ?? '')),
          ),
        ),
      ),
    ),
  );
}

import { dataTable, h } from '../dom.js';
import { counted } from '../numbers.js';
import { plain, rich } from '../rich.js';
import { later } from '../schedule.js';

/**
 * A figure: heading (`rich`), sentence, controls, the drawing, and its numbers as a table for those who do not see it.
 * `draw(width)` returns an SVG element or null when there is nothing to draw; it is called anew when the width changes
 * and by the returned `redraw`. `describe()` is the text alternative; `table()` gives {columns, rows, numeric}.
 */
export function figure({ title, caption, controls = [], draw, describe, table, below = [] }) {
  const canvas = h('div', { class: 'drawing' });
  const rows = dataDetails(plain(title), table);
  const element = h(
    'figure',
    null,
    h('h3', null, rich(title)),
    caption && h('figcaption', null, rich(caption)),
    controls.length > 0 && h('div', { class: 'controls' }, controls),
    canvas,
    below,
    rows.element,
  );
  let width = 0;
  const redraw = () => {
    if (width === 0) return;
    const drawn = draw(width);
    if (drawn) {
      for (const group of drawn.querySelectorAll('[aria-label]')) {
        // the whole is one picture to a screen reader
        if (group.getAttribute('aria-label').endsWith('grid')) group.classList.add('grid');
        group.removeAttribute('aria-label');
      }
      drawn.setAttribute('role', 'img');
      drawn.setAttribute('aria-label', describe());
      canvas.replaceChildren(drawn);
    } else {
      canvas.replaceChildren(h('p', { class: 'nothing' }, 'Nothing to draw here.'));
    }
    rows.refresh();
  };
  new ResizeObserver(([entry]) => {
    const next = Math.round(entry.contentRect.width);
    if (next === width || next === 0) return;
    width = next;
    later(redraw);
  }).observe(canvas);
  return { element, redraw: () => later(redraw) };
}

function dataDetails(title, table) {
  const summary = h('summary');
  const element = h('details', { class: 'as-table' }, summary);
  const fill = () => {
    if (!element.open) return;
    const { columns, rows, numeric } = table();
    element.replaceChildren(summary, dataTable(title, columns, rows, numeric));
  };
  element.addEventListener('toggle', fill);
  return {
    element,
    refresh() {
      summary.textContent = `The numbers (${counted(table().rows.length, 'row')})`;
      fill();
    },
  };
}

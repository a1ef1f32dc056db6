import { h } from './dom.js';

const modes = ['auto', 'light', 'dark'];
const key = 'shatterproof-theme';

/** The stored choice; a page opened from a file may have no storage. */
function stored() {
  try {
    return modes.find((mode) => mode === localStorage.getItem(key)) ?? 'auto';
  } catch {
    return 'auto';
  }
}

function store(mode) {
  try {
    localStorage.setItem(key, mode);
  } catch {
    // no storage: the choice lasts as long as the page
  }
}

/** A switch of three: as the system has it, light, dark. Tells `themechange` on the document for what is no CSS. */
export function themeSwitch() {
  const apply = (mode) => {
    document.documentElement.dataset.theme = mode;
    document.dispatchEvent(new Event('themechange'));
  };
  const initial = stored();
  apply(initial);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    document.dispatchEvent(new Event('themechange')),
  );
  return h(
    'fieldset',
    { class: 'theme' },
    h('legend', { class: 'hidden' }, 'Colours'),
    modes.map((mode) =>
      h(
        'label',
        null,
        h('input', {
          type: 'radio',
          name: 'theme',
          value: mode,
          checked: mode === initial,
          onchange: () => {
            apply(mode);
            store(mode);
          },
        }),
        h('span', null, mode[0].toUpperCase() + mode.slice(1)),
      ),
    ),
  );
}

/** The colour that a CSS custom property has now, as "rgb(...)". */
export function cssColour(name) {
  const probe = h('span', { style: `color: var(${name}); display: none` });
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

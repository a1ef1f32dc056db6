import './styles/page.css';
import { boundsSection } from './charts/bounds.js';
import { constantsSection } from './charts/constants.js';
import { experimentsSection } from './charts/experiments.js';
import { flatnessSection } from './charts/flatness.js';
import { packingBoundsSection } from './charts/packing_bounds.js';
import { runsSection } from './charts/runs.js';
import { claimDialog } from './claim/dialog.js';
import { h } from './dom.js';
import { dependencySection } from './graph/section.js';
import { counted } from './numbers.js';
import { packingSection } from './packing/panel.js';
import { readReport } from './report.js';
import { drawEverything, later } from './schedule.js';
import { statusBoard } from './status/board.js';
import { themeSwitch } from './theme.js';
import { badge, verdicts } from './verdicts.js';

/** The sections in their order; each is left out with one sentence when the document has nothing for it. */
const sections = [
  { id: 'status', title: 'Status board', draw: statusBoard, has: () => true },
  {
    id: 'dependencies',
    title: 'What rests on what',
    short: 'Dependencies',
    draw: dependencySection,
    has: (report) => report.claims.length > 0,
  },
  {
    id: 'constants',
    title: 'Constants: the paper’s against the best',
    short: 'Constants',
    draw: constantsSection,
    has: (report) => report.constants.length > 0,
  },
  {
    id: 'caps',
    title: 'How many disjoint caps',
    short: 'Caps',
    draw: packingBoundsSection,
    has: (report) => report.packing_bounds.length > 0,
  },
  {
    id: 'bounds',
    title: 'Bounds as numbers',
    short: 'Bounds',
    draw: boundsSection,
    has: (report) => report.bounds.length > 0,
  },
  {
    id: 'packing',
    title: 'A packing, seen',
    short: 'Packing',
    draw: packingSection,
    has: (report) => report.packings.length > 0,
  },
  {
    id: 'flatness',
    title: 'Flatness of a network',
    short: 'Flatness',
    draw: flatnessSection,
    has: (report) => report.flatness.length > 0,
  },
  {
    id: 'training',
    title: 'Training runs',
    short: 'Training',
    draw: runsSection,
    has: (report) => report.runs.length > 0,
  },
  {
    id: 'experiments',
    title: 'The paper’s experiments',
    short: 'Experiments',
    draw: experimentsSection,
    has: (report) => report.experiments.length > 0,
  },
];

const productName = 'Shatterproof report';

function header(report) {
  const counts = verdicts
    .map(({ name }) => [name, report.claims.filter((claim) => claim.verdict === name).length])
    .filter(([, count]) => count > 0);
  const named = report.title && report.title !== productName;
  return h(
    'header',
    { class: 'masthead' },
    h(
      'div',
      { class: 'inner' },
      h(
        'div',
        null,
        named && h('p', { class: 'product' }, productName),
        h('h1', null, report.title || productName),
        h(
          'p',
          { class: 'sub' },
          `${counted(report.claims.length, 'claim')}${counts.length > 0 ? ': ' : ''}${counts.map(([name, count]) => `${count} ${name}`).join(', ')}`,
          report.program?.version && h('span', { class: 'version' }, `shatterproof ${report.program.version}`),
        ),
      ),
      themeSwitch(),
    ),
  );
}

function navigation(present) {
  const links = present.map(({ id, title, short }) => h('a', { href: `#${id}` }, short ?? title));
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = links[present.findIndex(({ id }) => id === target.id)];
        if (isIntersecting) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-20% 0px -70% 0px' },
  );
  later(() => present.forEach(({ id }) => watcher.observe(document.getElementById(id))));
  return h('nav', { class: 'sections', 'aria-label': 'Sections' }, h('div', { class: 'inner' }, links));
}

function meanings() {
  return h(
    'section',
    { class: 'meanings', 'aria-labelledby': 'meanings-title' },
    h('h2', { id: 'meanings-title' }, 'What the verdicts mean'),
    h(
      'dl',
      null,
      verdicts.map(({ name, meaning }) => h('div', null, h('dt', null, badge(name)), h('dd', null, meaning))),
    ),
  );
}

function start() {
  const page = document.getElementById('page');
  let report;
  try {
    report = readReport();
  } catch (error) {
    page.replaceChildren(
      h(
        'main',
        { id: 'main', class: 'inner' },
        h('h1', null, 'No report'),
        h('p', { class: 'failure', role: 'alert' }, error.message),
      ),
    );
    document.documentElement.dataset.drawn = 'true';
    return;
  }
  document.title = report.title || productName;
  const present = sections.filter(({ has }) => has(report));
  const absent = sections.filter(({ has }) => !has(report));
  const dialog = claimDialog(report);
  page.replaceChildren(
    header(report),
    navigation(present),
    h(
      'main',
      { id: 'main', class: 'inner', tabindex: -1 },
      present.map(({ id, title, draw }) => {
        const section = h('section', { id, 'aria-labelledby': `${id}-title` }, h('h2', { id: `${id}-title` }, title));
        if (id === 'status') section.append(...draw(report));
        else later(() => section.append(...draw(report).filter(Boolean)));
        return section;
      }),
      absent.length > 0 &&
        h(
          'p',
          { class: 'absent' },
          `This report holds nothing on: ${absent.map(({ title, short }) => (short ?? title).toLowerCase()).join(', ')}.`,
        ),
      meanings(),
    ),
    dialog.element,
  );
  performance.mark('board');
  later(dialog.follow);
  addEventListener('beforeprint', drawEverything);
}

start();

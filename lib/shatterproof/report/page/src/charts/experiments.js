import { dataTable, h } from '../dom.js';
import { textOf } from '../numbers.js';
import { verdictIcon } from '../verdicts.js';
import { experimentSeries } from './error_slopes.js';

/** The paper's experiments: what each is said to show, whether our runs agree, and its series. */
export function experimentsSection(report) {
  const said =
    'Statistics of runs, never proofs: what they speak against is undecided on the status board, not refuted.';
  const articles = report.experiments.map((experiment) => {
    const { id, title, choices, scale, findings = [], series = [] } = experiment;
    return h(
      'article',
      { class: 'experiment' },
      h('h3', null, [id, title].filter(Boolean).join(': ')),
      h('p', { class: 'muted' }, [scale && `Scale: ${scale}`, choices].filter(Boolean).join('. ')),
      findings.length > 0 &&
        dataTable(
          `Findings of ${id}`,
          ['These runs', 'Finding', 'Here', 'Confidence', 'The paper'],
          findings.map(findingRow),
        ),
      series.some((one) => one.points?.length > 0) && experimentSeries(experiment).element,
    );
  });
  return [h('p', { class: 'lead' }, said), ...articles];
}

/** What runs say of a finding, in other words than the verdicts on claims: nothing here is certified. */
const opinions = {
  supported: ['supported', 'agree'],
  refuted: ['undecided', 'disagree'],
  undecided: ['unknown', 'leave it open'],
};

function opinion(verdict) {
  const [tone, words] = opinions[verdict] ?? ['unknown', verdict];
  return h('span', { class: `badge verdict-${tone}` }, verdictIcon(verdict), h('span', null, words));
}

function findingRow({ verdict, name, statement, ours, confidence, paper }) {
  return [verdict && opinion(verdict), statement || name, textOf(ours), textOf(confidence), textOf(paper)];
}

import { dataTable, h } from '../dom.js';
import { counted, textOf } from '../numbers.js';
import { verdictIcon } from '../verdicts.js';
import { experimentSeries } from './error_slopes.js';

/** The paper's experiments: what each is said to show, whether our runs agree, and its series. */
export function experimentsSection(report) {
  const said =
    'Statistics of runs, never proofs: what they speak against is undecided on the status board, not refuted.';
  const articles = report.experiments.map((experiment) => {
    const { id, title, choices, scale, runs, left_out, findings = [], series = [] } = experiment;
    return h(
      'article',
      { class: 'experiment' },
      h('h3', null, [id, title].filter(Boolean).join(': ')),
      h('p', { class: 'muted' }, [scale && `Scale: ${scale}`, choices].filter(Boolean).join('. ')),
      left_out > 0 &&
        h(
          'p',
          { class: 'muted' },
          `${left_out} of ${counted(runs, 'run')} left out of the series: diverged, or with an MSE of 0.`,
        ),
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
  agrees: ['supported', 'agree'],
  disagrees: ['undecided', 'disagree'],
  open: ['unknown', 'leave it open'],
};

function badgeOf(opinion) {
  const [tone, words] = opinions[opinion] ?? ['unknown', opinion];
  return h('span', { class: `badge verdict-${tone}` }, verdictIcon(tone), h('span', null, words));
}

function findingRow({ opinion, name, statement, ours, confidence, paper }) {
  return [opinion && badgeOf(opinion), statement || name, textOf(ours), textOf(confidence), textOf(paper)];
}

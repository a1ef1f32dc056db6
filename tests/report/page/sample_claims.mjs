// Claims and notes of a report made from the repository's own notes: ids, sources, statements and blocks are theirs,
// the verdicts are the ones that the notes expect.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

function markdownFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory()
        ? markdownFiles(path.join(folder, entry.name))
        : entry.name.endsWith('.md')
          ? [path.join(folder, entry.name)]
          : [],
    );
}

const textField = (block, name) => new RegExp(`^${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`, 'm').exec(block)?.[1] ?? '';
function listField(block, name) {
  const list = new RegExp(`^${name}\\s*=\\s*\\[([^\\]]*)\\]`, 'm').exec(block)?.[1] ?? '';
  return [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]);
}

function claimsOf(note) {
  const blocks = [...note.markdown.matchAll(/^```(?:claim|rates)\n([\s\S]*?)^```$/gm)];
  return blocks.map((match) => {
    const block = match[1];
    const id = textField(block, 'id');
    const expected = textField(block, 'expect');
    return {
      id,
      source: textField(block, 'source'),
      statement: textField(block, 'statement'),
      verdict: expected,
      expected,
      as_expected: true,
      instances: 1 + (block.length % 300),
      range: textField(block, 'forall'),
      method: textField(block, 'claim') ? 'ball arithmetic, 64 bits' : '',
      slack: textField(block, 'constant') ? '1.41x at d = 1' : '',
      detail:
        expected === 'refuted'
          ? 'fails at d = 2, h = 1/256: left [0.000146449967926, 0.000146449967927], right [0.000146389322890, 0.000146389322891]'
          : '',
      sharp: textField(block, 'sharp')
        ? [{ instance: 'd = 1', lower: '0.49999999999', upper: '0.50000000001', where: 'attained at h = 1/4' }]
        : [],
      table: textField(block, 'procedure') ? ['d   eps      N      bound', '2  1/2  4  4 (polygon (exact))'] : [],
      uses: listField(block, 'uses'),
      assumes: listField(block, 'assumes'),
      seconds: '0.081',
      note: note.path,
      line: note.markdown.slice(0, match.index).split('\n').length,
      block,
      formula: textField(block, 'sharp') ? 'P\\bigl(\\langle X,u\\rangle>1-h\\bigr)\\le c_3(d)\\,h^{\\frac{d+1}2}' : '',
      recheck: `shatterproof verify ${id}`,
      certificate: id.includes('H.3') ? { command: 'shatterproof-check packing.json', file: 'packing.json' } : null,
    };
  });
}

/** {claims, notes} of all notes below `root`/proofs_notes. */
export function claimsFromNotes(root) {
  const notes = markdownFiles(path.join(root, 'proofs_notes')).map((file) => {
    const markdown = readFileSync(file, 'utf8');
    return { path: path.relative(root, file), title: /^# (.*)$/m.exec(markdown)?.[1] ?? file, markdown };
  });
  const holding = notes.filter((note) => note.markdown.includes('```claim') || note.markdown.includes('```rates'));
  return { claims: holding.flatMap(claimsOf), notes: holding };
}

/** `count` made-up claims in chains of ten, each using the one before it. */
export function manyClaims(count, verdict) {
  const words = ['proved', 'refuted', 'vacuous', 'supported', 'undecided'];
  return Array.from({ length: count }, (_, i) => ({
    id: `made/${Math.floor(i / 10)}/claim-${i}`,
    source: i % 3 ? 'Somebody et al. 2026, Lemma 1' : 'ours: near miss',
    statement: `made-up statement number ${i}`,
    verdict: verdict ?? words[(i * i) % 5],
    expected: 'proved',
    as_expected: (verdict ?? words[(i * i) % 5]) === 'proved',
    instances: i,
    range: 'd in 1..64',
    method: '',
    slack: '',
    detail: '',
    sharp: [],
    table: [],
    uses: i % 10 ? [`made/${Math.floor(i / 10)}/claim-${i - 1}`] : [],
    assumes: i % 25 ? [] : ['a theorem of somebody else'],
    seconds: '0.5',
    note: 'made.md',
    line: i,
    block: '',
    formula: '',
    recheck: `shatterproof verify made/${i}`,
    certificate: null,
  }));
}

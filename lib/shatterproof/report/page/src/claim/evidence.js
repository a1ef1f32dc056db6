import { dataTable, h } from '../dom.js';

/** What a run found: the sentence, its table, the best constants, the certificate. */
export function evidence(claim) {
  const parts = [
    claim.error && h('p', { class: 'failure' }, `It could not be run: ${claim.error}`),
    claim.detail && h('p', { class: 'detail' }, claim.detail),
    repeatsSharp(claim) ? null : resultTable(claim.table ?? []),
    sharpTable(claim.sharp ?? []),
    claim.certificate && certificate(claim.certificate),
  ].filter(Boolean);
  return parts.length > 0 ? parts : [h('p', { class: 'muted' }, 'The verdict itself is all that the run recorded.')];
}

/** True if the lines of results only say again what the table of best constants says. */
function repeatsSharp({ table = [], sharp = [] }) {
  return (
    sharp.length > 0 && table.length === sharp.length && table.every((line, i) => String(line).includes(sharp[i].lower))
  );
}

/** Lines set by the program in columns of their own, or rows of cells. */
function resultTable(rows) {
  if (rows.length === 0) return null;
  if (rows.every((row) => !Array.isArray(row))) {
    return h('pre', { tabindex: 0, role: 'region', 'aria-label': 'Results' }, rows.join('\n'));
  }
  const cells = rows.map((row) => [row].flat());
  if (cells.every((row) => row.length === 1)) return resultTable(cells.flat());
  return dataTable('Results', cells[0], cells.slice(1));
}

function sharpTable(sharp) {
  if (sharp.length === 0) return null;
  return [
    h('h3', null, 'Best constant, enclosed'),
    dataTable(
      'Best constants',
      ['Instance', 'Lower end', 'Upper end', 'Where'],
      sharp.map((one) => [one.instance || 'the constant', one.lower, one.upper, one.where]),
      [1, 2],
    ),
  ];
}

function certificate({ command, file }) {
  return [
    h('h3', null, 'Certificate'),
    file && h('p', null, 'In ', h('code', null, file), '.'),
    h(
      'p',
      { class: 'muted' },
      'Written by verify: the exact comparisons behind the verdict. Judged by a checker that shares no code with it:',
    ),
    command && commandLine(command),
  ];
}

/** A command with a button that copies it; the button says whether it did. */
export function commandLine(command) {
  const said = h('span', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
  const button = h(
    'button',
    {
      type: 'button',
      class: 'copy',
      onclick: async () => {
        const copied = await copyText(command);
        button.textContent = copied ? 'Copied' : 'Select it';
        said.textContent = copied
          ? 'The command is in the clipboard'
          : 'The browser did not allow copying; the command is selected';
        if (!copied) getSelection().selectAllChildren(code);
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 2000);
      },
    },
    'Copy',
  );
  const code = h('code', { tabindex: 0, role: 'region', 'aria-label': 'Command' }, command);
  return h('div', { class: 'command' }, code, button, said);
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // a page opened from a file may not write to the clipboard
  }
}

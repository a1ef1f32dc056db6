/**
 * LaTeX for the formulas that many notes write as plain text in an indented block:
 *   c2(d) h^((d+1)/2) <= Q(h),       Q(h) = P(X.u > 1 - h)
 * Words between the formulas stay words. What does not read as a formula gives null and is shown as it stands.
 */
export function plainMath(block) {
  if (!/<=|>=|[=^]/.test(block) || /["`$#\\]|->/.test(block)) return null;
  const lines = block.split('\n').map((line) => {
    const indent = /^ */.exec(line)[0].length;
    const latex = new Line(tokens(line.trim())).all();
    return latex === null ? null : `${indent > 0 ? `\\hspace{${(indent * 0.45).toFixed(2)}em}` : ''}${latex}`;
  });
  return lines.includes(null) ? null : `\\begin{array}{l}${lines.join('\\\\[.35em]')}\\end{array}`;
}

const greek = [
  'alpha',
  'beta',
  'gamma',
  'delta',
  'zeta',
  'eta',
  'theta',
  'kappa',
  'lambda',
  'mu',
  'nu',
  'xi',
  'pi',
  'rho',
  'sigma',
  'tau',
  'phi',
  'chi',
  'psi',
  'omega',
  'Gamma',
  'Delta',
  'Theta',
  'Lambda',
  'Xi',
  'Sigma',
  'Phi',
  'Psi',
  'Omega',
];
const names = {
  eps: '\\varepsilon',
  sup: '\\sup',
  inf: '\\inf',
  max: '\\max',
  min: '\\min',
  exp: '\\exp',
  log: '\\log',
  cos: '\\cos',
  sin: '\\sin',
  sum: '\\sum',
  int: '\\int',
  in: '\\in',
  gbar: '\\bar g',
  gt: '\\tilde g',
  wt: '\\tilde w',
  dx: '\\,dx',
  Vg: 'V_g',
  ...Object.fromEntries(greek.map((name) => [name, `\\${name}`])),
};
const signs = {
  '<=>': '\\iff ',
  '<=': '\\le ',
  '>=': '\\ge ',
  '>~': '\\gtrsim ',
  '!=': '\\ne ',
  '||': '\\|',
  '|': '|',
  '{': '\\{',
  '}': '\\}',
  '*': '\\cdot ',
  '~': '\\sim ',
  ':': '\\colon ',
};

/** Parts of a line: {kind: 'wide' | 'space' | 'number' | 'name' | 'sign', text}; null for a character of no kind. */
function tokens(line) {
  const kinds = [
    ['wide', / {3,}/y],
    ['space', / +/y],
    ['number', /\d+(?:\.\d+)?/y],
    ['name', /[A-Za-z]+/y],
    ['sign', /<=>|<=|>=|>~|!=|\|\||[-+*/=<>()[\]{}|,;:.'^_~]/y],
  ];
  const found = [];
  for (let at = 0; at < line.length;) {
    const match = kinds
      .map(([kind, pattern]) => {
        pattern.lastIndex = at;
        return [kind, pattern.exec(line)?.[0]];
      })
      .find(([, text]) => text);
    if (!match) return null;
    found.push({ kind: match[0], text: match[1] });
    at += match[1].length;
  }
  return found;
}

const isWord = (token) =>
  token?.kind === 'name' && token.text.length > 1 && !(token.text in names) && token.text !== 'sqrt';
/** Operators that are words where another word follows: "a sum of squares". */
const doubtful = ['a', 'sum', 'sup', 'inf', 'max', 'min', 'in'];

/** Reads the tokens of one line from left to right. */
class Line {
  constructor(found) {
    this.found = found;
    this.at = 0;
  }

  all() {
    if (this.found === null) return null;
    let latex = '';
    while (this.at < this.found.length) {
      const part = this.part();
      if (part === null) return null;
      latex += part;
    }
    return latex;
  }

  part() {
    const token = this.found[this.at++];
    if (token.kind === 'wide') return '\\qquad ';
    if (token.kind === 'space') return ' ';
    if (token.kind === 'number') return token.text;
    if (token.kind === 'name') return this.startsWords() ? this.words(token.text) : this.name(token.text);
    if (token.text === '^' || token.text === '_') return this.raised(token.text);
    if (token.text === '.') return this.dot();
    return signs[token.text] ?? token.text;
  }

  /** Does the name just read begin a run of words? */
  startsWords() {
    const [token, next, after] = this.found.slice(this.at - 1, this.at + 2);
    if (isWord(token)) return !(token.text.length === 2 && ['_', '/'].includes(next?.text)); // dv_k is no word
    return (
      doubtful.includes(token.text) &&
      next?.kind === 'space' &&
      (isWord(after) || (token.text === 'a' && doubtful.includes(after?.text)))
    );
  }

  /** A run of words with the doubtful ones between them; blanks around it stay. */
  words(text) {
    const before = this.found[this.at - 2]?.kind === 'space' ? ' ' : '';
    for (;;) {
      const [space, next, after, beyond] = this.found.slice(this.at, this.at + 4);
      const goesOn =
        (space?.kind === 'space' || space?.text === '-') &&
        (isWord(next) ||
          (doubtful.includes(next?.text) &&
            after?.kind === 'space' &&
            (isWord(beyond) || doubtful.includes(beyond?.text))));
      if (!goesOn) return `\\text{${before}${text}${space?.kind === 'space' ? ' ' : ''}}`;
      text += space.text + next.text;
      this.at += 2;
    }
  }

  name(text) {
    if (text === 'sqrt') {
      if (this.found[this.at]?.kind === 'space') this.at += 1;
      const under = this.group();
      return under === null ? null : `\\sqrt{${under}}`;
    }
    const next = this.found[this.at];
    const latex = names[text] ?? text;
    if (text.length === 1 && next?.kind === 'number') {
      // c2 is c_2
      this.at += 1;
      return `${latex}_{${next.text}}`;
    }
    if (
      text.length === 1 &&
      next?.text === '+' &&
      this.found[this.at + 1]?.text === '(' &&
      this.found[this.at - 2]?.text !== '('
    ) {
      // g+(h)
      this.at += 1;
      return `${latex}_+`;
    }
    return latex.startsWith('\\') ? `${latex} ` : latex;
  }

  raised(sign) {
    const minus = this.found[this.at]?.text === '-' ? '-' : '';
    if (minus) this.at += 1;
    const group = this.group();
    return group === null ? null : `${sign}{${minus}${group}}`;
  }

  /** What a root, an index or an exponent is of: a bracket without its brackets, or one number or name. */
  group() {
    const token = this.found[this.at];
    if (token?.kind === 'number' || (token?.kind === 'name' && !isWord(token))) {
      this.at += 1;
      return names[token.text] ?? token.text;
    }
    if (isWord(token)) {
      this.at += 1;
      return token.text.length === 2 ? token.text : `\\text{${token.text}}`;
    }
    if (token?.text !== '(') return null;
    this.at += 1;
    let latex = '';
    while (this.found[this.at] && this.found[this.at].text !== ')') {
      const isOpen = this.found[this.at].text === '(';
      const part = isOpen ? this.group() : this.part();
      if (part === null) return null;
      latex += isOpen ? `(${part})` : part;
    }
    this.at += 1;
    return this.found[this.at - 1] ? latex : null;
  }

  /** A point between two letters is a scalar product. */
  dot() {
    const [before, next] = [this.found[this.at - 2], this.found[this.at]];
    return before?.kind === 'name' && !isWord(before) && next?.kind === 'name' && !isWord(next) ? '\\cdot ' : '.';
  }
}

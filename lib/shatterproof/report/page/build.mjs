// Bundles src/ into page.html, the asset that `shatterproof report` fills in: one file, no request, no eval.
//   npm ci --ignore-scripts && npm run build
// The same sources and package-lock.json give the same bytes; the test report_page holds page.html against a rebuild.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const token = '__REPORT_JSON__';

/** Leaves of each of KaTeX's fonts only the WOFF2 file, which every browser of today reads. */
const onlyWoff2 = {
  name: 'only-woff2',
  setup(bundler) {
    bundler.onLoad({ filter: /katex\.min\.css$/ }, ({ path: file }) => {
      const styles = readFileSync(file, 'utf8').replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, '');
      return { contents: styles, loader: 'css' };
    });
  },
};

/** The folder of the package that holds a bundled file, or null for our own. */
function packageFolder(file) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match ? match[1] : null;
}

/** Name, version and licence text of every package that is in the bundle, in the order of their names. */
function notices(files) {
  const folders = [...new Set(files.map(packageFolder).filter(Boolean))];
  return folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(path.join(here, folder, 'package.json'), 'utf8'));
      const file = readdirSync(path.join(here, folder))
        .sort()
        .find((entry) => /^licen[cs]e/i.test(entry));
      if (!file && !license) throw new Error(`${name}: no licence file and no licence named in package.json`);
      const text = file ? readFileSync(path.join(here, folder, file), 'utf8').trim() : `Licence: ${license}`;
      return { name, notice: `${name} ${version} (${license})\n\n${text}\n` };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ notice }) => notice)
    .join(`\n${'-'.repeat(72)}\n\n`);
}

const escapeHtml = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const bundle = await build({
  absWorkingDir: here,
  entryPoints: ['src/main.js'],
  outdir: 'out',
  write: false,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  loader: { '.woff2': 'dataurl' },
  plugins: [onlyWoff2],
});
const output = (extension) => bundle.outputFiles.find((file) => file.path.endsWith(extension)).text.trim();
// In texts and patterns of the script `<!--` is harmless, in HTML it would begin a comment.
const script = output('.js').replaceAll('<!--', '\\x3C!--');
const styles = output('.css');
if (script.includes(token) || /<\/script/i.test(script)) throw new Error('the script would end its own element');
if (/<\/style/i.test(styles)) throw new Error('the styles would end their own element');

const parts = {
  SCRIPT_HASH: `sha256-${createHash('sha256').update(script).digest('base64')}`,
  SCRIPT: script,
  STYLES: styles,
  LICENCES: escapeHtml(notices(Object.keys(bundle.metafile.inputs))),
};
const page = readFileSync(path.join(here, 'src/index.html'), 'utf8').replace(
  /\{\{(\w+)\}\}/g,
  (_, name) => parts[name],
);
if (page.split(token).length !== 2) throw new Error(`the page must hold ${token} exactly once`);
writeFileSync(path.join(here, 'page.html'), page);
console.log(`page.html: ${Buffer.byteLength(page)} bytes`);

// node install.mjs SOURCE TARGET: copies the sources of the page to TARGET and installs the packages that its lock file
// names. Does nothing when TARGET has them already, so that only the first run needs a network.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const [source, target] = process.argv.slice(2);
const stamp = path.join(target, 'node_modules', '.installed-lock.json');
const lock = path.join(source, 'package-lock.json');

mkdirSync(target, { recursive: true });
rmSync(path.join(target, 'src'), { recursive: true, force: true });
for (const name of ['package.json', 'package-lock.json', 'build.mjs', 'src']) {
  cpSync(path.join(source, name), path.join(target, name), { recursive: true });
}
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(lock, 'utf8')) {
  console.log('the packages are there');
} else {
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: target,
    stdio: 'inherit',
  });
  cpSync(lock, stamp);
}

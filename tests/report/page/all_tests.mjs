// All tests of the page in one process with one browser: node all_tests.mjs (see browser.mjs for its environment).
import { after } from 'node:test';
import { closeBrowser } from './browser.mjs';
import './bundle_test.mjs';
import './board_test.mjs';
import './drawing_test.mjs';
import './edge_test.mjs';
import './plain_math_test.mjs';

after(closeBrowser);

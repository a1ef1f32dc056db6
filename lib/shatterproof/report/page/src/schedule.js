const waiting = [];
let running = false;

function next() {
  const task = waiting.shift();
  if (!task) {
    running = false;
    requestAnimationFrame(() => setTimeout(settle)); // by then figures just laid out know their width and wait here
    return;
  }
  try {
    task();
  } finally {
    setTimeout(next); // one part that fails leaves the others standing
  }
}

function settle() {
  if (!running) document.documentElement.dataset.drawn = 'true';
}

/** Runs tasks one after the other without holding up the page; `data-drawn` on the root says that all are done. */
export function later(task) {
  waiting.push(task);
  if (running) return;
  running = true;
  delete document.documentElement.dataset.drawn;
  setTimeout(next);
}

const far = new Map();
const nearness = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) arrive(target);
  },
  { rootMargin: '800px 0px' },
);

function arrive(element) {
  const task = far.get(element);
  far.delete(element);
  nearness.unobserve(element);
  task?.();
}

/** Runs a costly task once its element comes near what is seen. */
export function whenNear(element, task) {
  far.set(element, task);
  nearness.observe(element);
}

/** Runs what still waits, at once: before printing. */
export function drawEverything() {
  for (const element of [...far.keys()]) arrive(element);
  while (waiting.length > 0) waiting.shift()();
}

// Entry of dist/index.js. The boot test and the threads are entries of the same bundle, so that code that several of them use is
// there once: dist/boot-test.js, dist/worker.js and dist/upload-worker.js import this file with their name as the query.
switch (new URL(import.meta.url).search) {
  case '?boot-test':
    await import('./boot-test.js');
    break;
  case '?worker':
    await import('./worker.js');
    break;
  case '?upload-worker':
    await import('./artifact/upload-worker.js');
    break;
  default:
    await import('./main.js');
}

// Entry of dist/index.js. The threads of the action are entries of the same bundle, so that code that several of them
// use is there once: dist/worker.js and dist/upload-worker.js import this file with their name as the query.
switch (new URL(import.meta.url).search) {
  case '?worker':
    await import('./worker.js');
    break;
  case '?upload-worker':
    await import('./artifact/upload-worker.js');
    break;
  default:
    await import('./main.js');
}

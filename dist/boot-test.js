import './index.js?boot-test';

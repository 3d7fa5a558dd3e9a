import { describe, expect, it } from 'vitest';
import { type BootTestReport, bootTestOutputs, renderBootTest } from '../../src/report/boot-test.ts';
import { renderBootTimes } from '../../src/report/boot-times.ts';

const PASSED: BootTestReport = {
  image: 'nixos.img.zst',
  machine: 'arm64, U-Boot, emulation, because this machine is x64',
  cardSize: 16 * 2 ** 30,
  boots: [
    {
      seconds: 90,
      isOff: true,
      parts: [
        { name: 'firmware', seconds: 4.2 },
        { name: 'kernel', seconds: 6 },
        { name: 'user space', seconds: 79.8 },
      ],
    },
    { seconds: 30.04, isOff: true, parts: [{ name: 'until wait-for', seconds: 30.04 }] },
  ],
  checks: [['e2fsck -fn of the root filesystem', 'clean, 1/2 files']],
  grownTo: 15 * 2 ** 30,
  seconds: 130,
  consoleLog: '/tmp/console.log',
  lastLines: [],
  failure: undefined,
};

describe('renderBootTest', () => {
  it('has the result, a chart and the checks', () => {
    const text = renderBootTest(PASSED);
    expect(text).toMatch(/^<h3><code>nixos\.img\.zst<\/code>: booted 2 times<\/h3>/);
    expect(text).toContain('from a card of 16.0 GiB, whose root filesystem has 15.0 GiB now, in 2 min 10 s.');
    expect(text).toContain('<tr><td align="left">e2fsck -fn of the root filesystem</td>');
    expect(text).not.toContain('<pre>');
  });

  it('has why a test failed, and the end of the console, all of it escaped', () => {
    const text = renderBootTest({
      ...PASSED,
      machine: undefined,
      boots: [],
      checks: [],
      grownTo: undefined,
      lastLines: ['<b>', '', '```', '\u001b[2J'],
      failure: { title: 'The kernel panicked', message: 'Boot 1 of 2 failed: <x>\nWhat to do: look' },
    });
    expect(text).toContain(': The kernel panicked</h3>');
    expect(text).toContain('Boot 1 of 2 failed&#58; &#60;x&#62;<br>What to do&#58; look');
    expect(text).toContain('<pre>&#60;b&#62;\n \n&#96;&#96;&#96;\n&#92;x1b&#91;2J</pre>');
    expect(text).not.toContain('mermaid');
  });
});

it('a chart has a bar for each part of each boot', () => {
  expect(renderBootTimes(PASSED.boots)).toBe(
    [
      '```mermaid',
      'gantt',
      '    title Where the boots spent their seconds',
      '    dateFormat x',
      '    axisFormat %s',
      '    section Boot 1',
      '    firmware, 4.2 s :0, 4200',
      '    kernel, 6.0 s :4200, 10200',
      '    user space, 1 min 20 s :10200, 90000',
      '    section Boot 2',
      '    until wait-for, 30.0 s :0, 30040',
      '```',
    ].join('\n'),
  );
  expect(renderBootTimes([])).toBe('');
});

it('outputs are those that are known', () => {
  expect(bootTestOutputs(PASSED)).toEqual({
    'console-log': '/tmp/console.log',
    seconds: '90.0 30.0',
    'grown-to': String(15 * 2 ** 30),
  });
  expect(bootTestOutputs({ ...PASSED, boots: [], grownTo: undefined })).toEqual({ 'console-log': '/tmp/console.log' });
});

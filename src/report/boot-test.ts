import type { Boot } from '../boot/run/boot.ts';
import { formatDuration } from '../text/format.ts';
import { formatSize } from '../text/size.ts';
import { renderBootTimes } from './boot-times.ts';
import { htmlCode, htmlDetails, htmlTable, htmlText } from './html.ts';

/** The result of a boot test, as far as it came. */
export interface BootTestReport {
  /** File name of the image. */
  readonly image: string;
  /** How it was booted, such as `arm64, U-Boot, emulation, because this machine is x64`. */
  readonly machine: string | undefined;
  /** Bytes. */
  readonly cardSize: number;
  readonly boots: readonly Boot[];
  /** What was checked afterwards, and the result. */
  readonly checks: readonly (readonly [name: string, result: string])[];
  /** Bytes of the root filesystem after the boots. */
  readonly grownTo: number | undefined;
  readonly seconds: number;
  /** Path of the file with all that the console showed. */
  readonly consoleLog: string;
  /** The last lines of the console. */
  readonly lastLines: readonly string[];
  /** Why the test failed. */
  readonly failure: { readonly title: string; readonly message: string } | undefined;
}

/** The job summary of a boot test as Markdown with HTML tables. Everything from outside is escaped. */
export function renderBootTest(report: BootTestReport): string {
  const { boots, checks, failure } = report;
  const sections = [
    renderHeadline(report),
    renderSentence(report),
    failure === undefined ? '' : renderFailure(report, failure.message),
    renderBootTimes(boots),
    checks.length === 0
      ? ''
      : htmlTable(
          ['Check after the last boot', 'Result'],
          checks.map(([name, result]) => [htmlText(name), htmlText(result)]),
        ),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderHeadline({ image, boots, failure }: BootTestReport): string {
  const result =
    failure === undefined ? `booted ${boots.length === 1 ? 'once' : `${boots.length} times`}` : htmlText(failure.title);
  return `<h3>${htmlCode(image)}: ${result}</h3>`;
}

function renderSentence({ machine, cardSize, grownTo, seconds }: BootTestReport): string {
  const grown = grownTo === undefined ? '' : `, whose root filesystem has ${formatSize(grownTo)} now`;
  const where = machine === undefined ? '' : ` in an emulated machine (${htmlText(machine)})`;
  return `<p>Tested${where} from a card of ${formatSize(cardSize)}${grown}, in ${formatDuration(seconds)}.</p>`;
}

function renderFailure({ lastLines }: BootTestReport, message: string): string {
  const text = `<p>${message
    .split('\n')
    .map((line) => htmlText(line, LONGEST_MESSAGE))
    .join('<br>')}</p>`;
  if (lastLines.length === 0) {
    return text;
  }
  const lines = lastLines.map((line) => htmlText(line, LONGEST_LINE)).join('\n');
  // A blank line would end the HTML block of Markdown.
  const console = `<pre>${lines.replaceAll(/^$/gm, ' ')}</pre>`;
  return `${text}\n\n${htmlDetails(`The last ${lastLines.length} lines of the console`, console)}`;
}

const LONGEST_MESSAGE = 2000;
const LONGEST_LINE = 400;

/** The outputs of the action boot-test; those without a value are left out. */
export function bootTestOutputs({
  boots,
  grownTo,
  consoleLog,
}: Pick<BootTestReport, 'boots' | 'grownTo' | 'consoleLog'>): Readonly<Record<string, string>> {
  return {
    'console-log': consoleLog,
    ...(boots.length === 0 ? {} : { seconds: boots.map(({ seconds }) => seconds.toFixed(1)).join(' ') }),
    ...(grownTo === undefined ? {} : { 'grown-to': String(grownTo) }),
  };
}

/** What the results look like in docs/performance.md: tables between marks, made of the JSON of a run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './facts/machine.ts';
import { competitorsTable, goalsTable, peerCharts, phasesTable, sizeTable } from './report/peers.ts';
import { growthTable, scalingChart, scalingTable } from './report/scaling.ts';
import { markdownTable } from './report/table.ts';
import { bytes, count } from './report/units.ts';
import type { PeerResults, ScalingResults } from './results.ts';

/** Names of the files with results. */
export const PEERS_FILE = 'peers.json';
export const SCALING_FILE = 'scaling.json';

/** Puts the results of a directory into a document, and their charts beside the results. */
export function writeReport(results: string, document: string): void {
  let text = readFileSync(document, 'utf8');
  const peers = join(results, PEERS_FILE);
  const scaling = join(results, SCALING_FILE);
  if (existsSync(peers)) {
    for (const [mark, contents] of peerSections(JSON.parse(readFileSync(peers, 'utf8')))) {
      text = replaceBetweenMarks(text, mark, contents);
    }
  }
  if (existsSync(scaling)) {
    for (const [mark, contents] of scalingSections(JSON.parse(readFileSync(scaling, 'utf8')))) {
      text = replaceBetweenMarks(text, mark, contents);
    }
  }
  writeFileSync(document, text);
}

/** Writes the results of the peers with their charts. */
export function savePeers(results: PeerResults, directory: string): void {
  writeFileSync(join(directory, PEERS_FILE), toJson(results));
  for (const [name, chart] of peerCharts(results)) {
    writeFileSync(join(directory, name), chart);
  }
}

/** Writes the results of scaling with their chart. */
export function saveScaling(results: ScalingResults, directory: string): void {
  writeFileSync(join(directory, SCALING_FILE), toJson(results));
  writeFileSync(join(directory, 'scaling.svg'), scalingChart(results));
}

/**
 * Puts contents between `<!-- bench:MARK -->` and `<!-- /bench:MARK -->`.
 *
 * @throws Error naming the mark where the text does not have both.
 */
export function replaceBetweenMarks(text: string, mark: string, contents: string): string {
  const [start, end] = [`<!-- bench:${mark} -->`, `<!-- /bench:${mark} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new Error(`the document has no place ${start} ... ${end}`);
  }
  return `${text.slice(0, from + start.length)}\n\n${contents}\n\n${text.slice(to)}`;
}

/** The sections of a run of the peers, by mark. */
export function peerSections(results: PeerResults): ReadonlyMap<string, string> {
  const { closure, rounds, loads } = results;
  const size = `${count(closure.storePaths)} store paths, ${count(closure.entries)} entries, ${bytes(closure.narBytes)} as Nix archives`;
  const busy = `Load average at the start of the rounds: ${loads.map((load) => load.toFixed(1)).join(', ')}.`;
  return new Map([
    ['machine', `${describe(results.machine)}\n\nClosure: ${size}. Rounds: ${rounds}, after one to warm up. ${busy}`],
    ['goals', markdownTable(goalsTable(results))],
    ['competitors', markdownTable(competitorsTable(results))],
    ['phases', markdownTable(phasesTable(results))],
    ['size', markdownTable(sizeTable(results))],
  ]);
}

/** The section of a run of scaling, by mark. */
export function scalingSections(results: ScalingResults): ReadonlyMap<string, string> {
  const parts = [describe(results.machine), markdownTable(growthTable(results)), markdownTable(scalingTable(results))];
  return new Map([['scaling', parts.join('\n\n')]]);
}

function describe(machine: Machine): string {
  const tools = Object.values(machine.tools).filter((version) => version !== '');
  return (
    `${machine.date}, commit ${machine.commit}: ${machine.processor}, ${machine.cores} cores, ` +
    `${bytes(machine.memoryBytes)} of memory, Linux ${machine.kernel}, ${machine.filesystem}; Node ${machine.node}; ${tools.join('; ')}.`
  );
}

function toJson(results: PeerResults | ScalingResults): string {
  return `${JSON.stringify(results, null, 1)}\n`;
}

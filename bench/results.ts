/** What the bench writes as JSON. Sizes are bytes, times seconds. */
import type { CompetitorName } from './competitor-names.ts';
import type { Machine } from './facts/machine.ts';
import type { SizeAccount } from './facts/size.ts';

/** One run of a competitor. */
export interface Run {
  readonly seconds: number;
  /** User and system time of all processes. */
  readonly cpuSeconds: number;
  /** Resident memory of the largest process at its peak. */
  readonly largestProcessBytes: number;
  /** Resident memory of all processes together at its peak, by samples. */
  readonly allProcessesBytes: number;
  readonly result: { readonly bytes: number; readonly diskBytes: number };
  /** Disk used at the peak beyond what the result takes, by samples. */
  readonly extraDiskBytes: number;
  /** For those that report them. */
  readonly phases: readonly Phase[];
}

export interface Phase {
  readonly name: string;
  /** Since the start of the run. */
  readonly start: number;
  readonly seconds: number;
  /** As `allProcessesBytes`, within the phase. */
  readonly peakBytes: number;
}

/** All counted runs of a competitor; the same index is the same round. */
export interface CompetitorResult {
  readonly name: CompetitorName;
  readonly runs: readonly Run[];
  /** Why there are none. */
  readonly failure?: string;
}

export interface PeerResults {
  readonly machine: Machine;
  readonly closure: { readonly storePaths: number; readonly entries: number; readonly narBytes: number };
  readonly rounds: number;
  /** One-minute load average of the machine at the start of each round, the warm-up's first. */
  readonly loads: readonly number[];
  readonly competitors: readonly CompetitorResult[];
  /** Of the action's raw image; absent where the action was left out. */
  readonly image?: {
    readonly account: SizeAccount;
    /** What `zstd -3` makes of it. */
    readonly zstdBytes: number;
  };
}

/** Store paths of one size, and what became of them. */
export interface ScalingPoint {
  /** What grows: the number of small files, or the bytes of a few big ones. */
  readonly kind: 'entries' | 'bytes';
  readonly entries: number;
  /** Sum of the sizes as Nix archives. */
  readonly narBytes: number;
  readonly storePaths: number;
  readonly competitors: readonly CompetitorResult[];
}

export interface ScalingResults {
  readonly machine: Machine;
  readonly rounds: number;
  readonly points: readonly ScalingPoint[];
}

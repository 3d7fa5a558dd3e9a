/** Seconds with three digits that count: `0.84 s`, `21.4 s`, `132 s`. */
export function seconds(value: number): string {
  return `${threeDigits(value)} s`;
}

/** A size in powers of a thousand, as disks and memory goals are given: `207 MB`, `2.47 GB`. */
export function bytes(value: number): string {
  if (value < 999_500) {
    return `${Math.round(value / 1000)} kB`;
  }
  return value < 999_500_000 ? `${threeDigits(value / 1e6)} MB` : `${threeDigits(value / 1e9)} GB`;
}

/** A ratio: `1.31`. */
export function ratio(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : '';
}

/** A share: `0.74 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** A whole number with its thousands apart: `62,692`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

function threeDigits(value: number): string {
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

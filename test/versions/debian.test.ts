import { describe, expect, it } from 'vitest';
import { findMirror, parseIndexTargets } from './debian.ts';

/** As apt 2.6 prints it in the form that is asked for. */
const PRINTED = `https://packages.example/apt/ stable main
http://mirror.example/debian/ bookworm contrib
http://mirror.example/debian/ bookworm main
http://mirror.example/debian/ bookworm-updates main
http://mirror.example/debian-security/ bookworm-security main
`;

describe('the mirror of a machine', () => {
  const targets = parseIndexTargets(PRINTED);

  it('is that of its own release', () => {
    expect(targets).toHaveLength(5);
    expect(findMirror(targets, 'debian bookworm')).toBe('http://mirror.example/debian/');
  });

  it('is none where packages are from elsewhere', () => {
    expect(() => findMirror(targets, 'debian trixie')).toThrow(/in a container of it/);
    expect(() => findMirror(targets, 'ubuntu bookworm')).toThrow(/in a container of it/);
  });
});

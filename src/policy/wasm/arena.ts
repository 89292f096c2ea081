/** Bytes of a page of WebAssembly. */
const PAGE = 65_536;
/** Places begin at a line of the cache. */
const ALIGNMENT = 64;

/** The numbers in the memory of a policy's kernels, one place after another. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** The address of so many new numbers of four bytes; their values are whatever stood there. */
  allocate(count: number): number;
  /** The numbers at an address, as long as nothing is allocated. */
  floats(address: number, count: number): Float32Array;
  integers(address: number, count: number): Int32Array;
  /** Where what is allocated ends; and giving back all that was allocated beyond. */
  readonly top: number;
  release(top: number): void;
  /** How many arrays are allocated. */
  readonly count: number;
}

/** The first page is left to the constants of the module. */
export function createArena(): Arena {
  const memory = new WebAssembly.Memory({ initial: 1 });
  /** Where each array ends, before the first the page. */
  const ends = [PAGE];
  const topOf = (): number => ends.at(-1)!;
  return {
    memory,
    allocate(count) {
      const address = topOf();
      ends.push(Math.ceil((address + 4 * count) / ALIGNMENT) * ALIGNMENT);
      const missing = Math.ceil((topOf() - memory.buffer.byteLength) / PAGE);
      if (missing > 0) memory.grow(missing);
      return address;
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
    integers: (address, count) => new Int32Array(memory.buffer, address, count),
    get top() {
      return topOf();
    },
    release(to) {
      while (topOf() > to) ends.pop();
    },
    get count() {
      return ends.length - 1;
    },
  };
}

/** Bytes of a page of WebAssembly. */
const PAGE = 65_536;
/** Places begin at a line of the cache. */
const ALIGNMENT = 64;

/** The numbers in the memory of a policy's kernels, one place after another. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /**
   * The address of so many new numbers of four bytes; their values are whatever stood there.
   * @throws RangeError where the memory cannot be had; what is allocated stays.
   */
  allocate(count: number): number;
  /** The numbers at an address, as long as nothing is allocated. */
  floats(address: number, count: number): Float32Array;
  integers(address: number, count: number): Int32Array;
  /** How many arrays are allocated; and giving back all but the first so many. */
  readonly count: number;
  release(count: number): void;
}

/** The first page is left to the constants of the module. */
export function createArena(): Arena {
  const memory = new WebAssembly.Memory({ initial: 1 });
  /** Where each array ends; before the first, the page. */
  const ends = [PAGE];
  const grow = (pages: number, end: number): void => {
    try {
      memory.grow(pages);
    } catch {
      throw new RangeError(`no memory for ${Math.ceil(end / 1_048_576)} MiB in WebAssembly`);
    }
  };
  return {
    memory,
    allocate(count) {
      const address = ends.at(-1)!;
      const end = Math.ceil((address + 4 * count) / ALIGNMENT) * ALIGNMENT;
      const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
      if (missing > 0) grow(missing, end);
      ends.push(end);
      return address;
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
    integers: (address, count) => new Int32Array(memory.buffer, address, count),
    get count() {
      return ends.length - 1;
    },
    release(count) {
      ends.length = 1 + count;
    },
  };
}

import type { PolicyShape } from '../shape.ts';
import type { Device } from './device.ts';
import { compileNetwork, deleteNetwork, type Network } from './programs.ts';

/** A network in use, until it is given back. */
export interface Loan {
  readonly network: Network;
  giveBack(): void;
}

/** Unused networks that are kept: that of a run, for the next one like it, and that of another shape beside or before it. */
const KEPT = 2;

interface Held {
  network: Promise<Network>;
  users: number;
}

/**
 * Lends the compiled networks of an engine, by shape. A network is compiled unless it is held, and is held as long as a
 * policy uses it or it is one of the two last lent; all go with the device. Two policies made at once compile once.
 */
export function createNetworks(device: Device): (shape: PolicyShape) => Promise<Loan> {
  /** In the order in which they were last lent. */
  const byShape = new Map<string, Held>();

  function dropUnused(): void {
    for (const [name, held] of [...byShape].slice(0, -KEPT)) {
      if (held.users > 0) continue;
      byShape.delete(name);
      void held.network.then((network) => deleteNetwork(device, network));
    }
  }

  return async (shape) => {
    const name = JSON.stringify(Object.entries(shape).sort());
    const held = byShape.get(name) ?? { network: compileNetwork(device, shape), users: 0 };
    byShape.delete(name);
    byShape.set(name, held);
    held.users++;
    dropUnused();
    const giveBack = (): void => {
      held.users--;
      dropUnused();
    };
    try {
      return { network: await held.network, giveBack };
    } catch (error) {
      if (byShape.get(name) === held) byShape.delete(name);
      throw error;
    }
  };
}

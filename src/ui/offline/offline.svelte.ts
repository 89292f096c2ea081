import { siteUrl } from '../../site.ts';

/** How much of the site is saved by now, of how much. */
export interface Saved {
  files: number;
  bytes: number;
  ofFiles: number;
  ofBytes: number;
}

/** Whether the site is kept for offline use, and whether a newer version of it waits. */
export class Offline {
  /** `none` where the browser keeps nothing: in private windows, without https, where storage is off. */
  state = $state<'none' | 'saving' | 'saved' | 'putOff' | 'full' | 'missing'>('none');
  /** While it is being saved. */
  saved = $state.raw<Saved | null>(null);
  #saves: ServiceWorker | null = null;
  #isPutOff = false;
  #failed: 'full' | 'missing' = 'missing';
  /** A newer version, saved and waiting; null if there is none, or if the reader has put it off. */
  newer = $state.raw<ServiceWorker | null>(null);

  /** Has the site saved, or looks for a newer version where it is saved. */
  async begin(): Promise<void> {
    // A build has the worker; the development server has not.
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    this.#isPutOff = false;
    this.#failed = 'missing';
    try {
      // Of a page in a sandboxed frame not even this can be had.
      navigator.serviceWorker.onmessage = ({
        data,
      }: MessageEvent<{ saved?: Saved; failed?: 'full' | 'missing' }>) => {
        if (data.saved) this.saved = data.saved;
        if (!data.failed) return;
        this.#failed = data.failed;
        if (this.state === 'missing') this.state = data.failed;
      };
      this.#follow(await navigator.serviceWorker.register(new URL('service-worker.js', siteUrl())));
    } catch {
      // The page works as well without.
    }
  }

  #follow(registration: ServiceWorkerRegistration): void {
    const { active, waiting, installing } = registration;
    if (active) this.state = 'saved';
    if (active && waiting) this.newer = waiting;
    if (installing) this.#watch(installing, registration);
    registration.onupdatefound = () => this.#watch(registration.installing!, registration);
  }

  #watch(worker: ServiceWorker, registration: ServiceWorkerRegistration): void {
    if (!registration.active) {
      this.state = 'saving';
      this.#saves = worker;
    }
    worker.onstatechange = () => {
      if (worker.state === 'installed' && registration.active) this.newer = worker;
      if (worker.state === 'activated') this.state = 'saved';
      if (worker.state === 'redundant' && !registration.active)
        this.state = this.#isPutOff ? 'putOff' : this.#failed;
    };
  }

  /** Ends the saving; {@link begin} goes on with it. */
  stop(): void {
    this.#isPutOff = true;
    this.#saves?.postMessage('stop');
  }

  /** Loads the page again, as its newer version. */
  reload(): void {
    navigator.serviceWorker.oncontrollerchange = () => location.reload();
    this.newer?.postMessage('take over');
    this.newer = null;
  }

  /** Leaves the newer version to the next visit. */
  putOff(): void {
    this.newer = null;
  }
}

import { RlvrPlayground } from './embed/element.ts';

export type { EmbedState } from './embed/messages.ts';
export { RlvrPlayground };

// A page may have the script twice.
if (!customElements.get('rlvr-playground'))
  customElements.define('rlvr-playground', RlvrPlayground);

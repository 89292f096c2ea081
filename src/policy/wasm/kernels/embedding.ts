import { F32 } from './elementary';

/** stream = tokenEmbedding[token] + positionEmbedding[position], row by row. */
export function embed(
  stream: usize,
  tokens: usize,
  positions: usize,
  tokenEmbedding: usize,
  positionEmbedding: usize,
  rows: i32,
  width: i32,
): void {
  const stride = <usize>width * F32;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const token = tokenEmbedding + <usize>load<i32>(tokens + row * 4) * stride;
    const position = positionEmbedding + <usize>load<i32>(positions + row * 4) * stride;
    for (let at: usize = 0; at < stride; at += 16)
      v128.store(stream + at, f32x4.add(v128.load(token + at), v128.load(position + at)));
    stream += stride;
  }
}

/** Adds the gradient of the stream to that of both embeddings. */
export function embedBackward(
  dStream: usize,
  tokens: usize,
  positions: usize,
  dTokenEmbedding: usize,
  dPositionEmbedding: usize,
  rows: i32,
  width: i32,
): void {
  const stride = <usize>width * F32;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const token = dTokenEmbedding + <usize>load<i32>(tokens + row * 4) * stride;
    const position = dPositionEmbedding + <usize>load<i32>(positions + row * 4) * stride;
    for (let at: usize = 0; at < stride; at += 16) {
      const upstream = v128.load(dStream + at);
      v128.store(token + at, f32x4.add(v128.load(token + at), upstream));
      v128.store(position + at, f32x4.add(v128.load(position + at), upstream));
    }
    dStream += stride;
  }
}

/**
 * The random bits and uniform numbers of core/random.ts, bit for bit: pcg4d of (seed, stream, step, counter), Jarzynski &
 * Olano 2020, and (⌊bits / 2⁹⌋ + ½) · 2⁻²³, which float32 holds exactly.
 */
export const RANDOM = `
uint randomBits(uvec3 key, uint counter) {
  uvec4 v = uvec4(key, counter) * 1664525u + 1013904223u;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  v ^= v >> 16u;
  v.x += v.y * v.w;
  return v.x;
}

float uniformAt(uvec3 key, uint counter) {
  return (float(randomBits(key, counter) >> 9u) + 0.5) * 1.1920928955078125e-7;
}
`;

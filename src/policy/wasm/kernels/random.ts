/** The uniform number in (0, 1) of core/random.ts, `uniformAt`: pcg4d, and 23 of its bits and a half. */
export function uniform(seed: u32, stream: u32, major: u32, minor: u32): f32 {
  let x = seed * 1664525 + 1013904223;
  let y = stream * 1664525 + 1013904223;
  let z = major * 1664525 + 1013904223;
  let w = minor * 1664525 + 1013904223;
  x += y * w;
  y += z * x;
  z += x * y;
  w += y * z;
  x ^= x >> 16;
  y ^= y >> 16;
  w ^= w >> 16;
  x += y * w;
  return (<f32>(x >> 9) + 0.5) * 1.1920928955078125e-7;
}

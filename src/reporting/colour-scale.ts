/**
 * White, then ColorBrewer's OrRd (colorbrewer2.org; Harrower and Brewer 2003, doi:10.1179/000870403235002042): one
 * order of lightness, so that it survives grey print and colour blindness.
 */
const STOPS = [
  [255, 255, 255],
  [254, 232, 200],
  [253, 212, 158],
  [253, 187, 132],
  [252, 141, 89],
  [239, 101, 72],
  [215, 48, 31],
  [179, 0, 0],
  [127, 0, 0],
] as const;

/** The colour of a share in [0, 1], from white to dark red, linear between nine stops. */
export function shareColour(share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const below = Math.min(STOPS.length - 2, Math.floor(place));
  const channels = STOPS[below].map((low, c) =>
    Math.round(low + (place - below) * (STOPS[below + 1][c] - low)),
  );
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour of text on `shareColour(share)`: white from where it reads better than black. */
export function textColour(share: number): string {
  return share > 0.6 ? '#ffffff' : '#1a1a1a';
}

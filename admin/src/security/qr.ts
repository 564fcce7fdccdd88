// The QR code of the server as a picture.

/**
 * An address of the picture for an `img`: as a picture an SVG runs no script and loads nothing, whatever stands in it.
 */
export function pictureOf(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  return `data:image/svg+xml;base64,${btoa(String.fromCharCode(...bytes))}`;
}

/** A secret in groups of four, which are easier to type off. */
export function groupsOf(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ');
}

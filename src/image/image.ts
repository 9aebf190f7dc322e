/** A picture: RGB, interleaved, row-major, 8 bits a channel, sRGB. Alpha and EXIF orientation are dealt with at decode. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** `width * height * 3` bytes. */
  readonly data: Uint8Array;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

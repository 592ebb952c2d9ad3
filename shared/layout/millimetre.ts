// People measure paper in millimetres, a layout and a PDF in points of 1/72 inch.

/** A millimetre, pt. */
export const mm = 72 / 25.4;

// The outlines of a CFF font (Adobe Technical Notes 5176 and 5177): indexes and dictionaries, subroutines of the font and
// of each of its parts, and the interpreter of Type 2 charstrings. What is drawn is told to a pen, in font units, y up.

export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  curveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
}

/** Byte ranges of the entries of an INDEX: entry i is [at[i], at[i + 1]). */
interface Index {
  readonly at: Uint32Array;
  readonly end: number;
}

interface Subroutines {
  readonly index: Index;
  readonly bias: number;
}

type Dictionary = ReadonlyMap<number, readonly number[]>;

/** Operators of dictionaries; two-byte ones are 1200 + the second byte. */
const key = { charStrings: 17, private: 18, subrs: 19, charstringType: 1206, fdArray: 1236, fdSelect: 1237 } as const;

const deepestCall = 10;

export class CffFont {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly charStrings: Index;
  private readonly globals: Subroutines;
  /** Subroutines of each part of a CID-keyed font; of any other font there is one. */
  private readonly locals: readonly (Subroutines | null)[];
  private readonly partOf: (gid: number) => number;

  /** `table`: the CFF table of an OpenType face. Throws RangeError when it is damaged or of a kind that OpenType has not. */
  constructor(table: Uint8Array) {
    this.bytes = table;
    this.view = new DataView(table.buffer, table.byteOffset, table.byteLength);
    const names = this.index(this.view.getUint8(2));
    const tops = this.index(names.end);
    const strings = this.index(tops.end);
    this.globals = withBias(this.index(strings.end));
    const top = this.dictionary(tops.at[0] ?? 0, tops.at[1] ?? 0);
    if (number(top, key.charstringType, 2) !== 2) throw new RangeError("charstrings that are not of type 2");
    const charStrings = number(top, key.charStrings, 0);
    if (charStrings === 0) throw new RangeError("a CFF font without charstrings");
    this.charStrings = this.index(charStrings);
    const parts = number(top, key.fdArray, 0);
    if (parts === 0) {
      this.locals = [this.localsOf(top)];
      this.partOf = () => 0;
    } else {
      const { at } = this.index(parts);
      this.locals = Array.from({ length: at.length - 1 }, (_, i) =>
        this.localsOf(this.dictionary(at[i] ?? 0, at[i + 1] ?? 0)),
      );
      this.partOf = this.select(number(top, key.fdSelect, 0));
    }
  }

  get glyphCount(): number {
    return this.charStrings.at.length - 1;
  }

  /** Draws a glyph; every contour begins with a moveTo and is closed where the next begins. Throws RangeError when its
   *  charstring is damaged. */
  draw(gid: number, pen: Pen): void {
    const { at } = this.charStrings;
    const [start, end] = [at[gid], at[gid + 1]];
    if (start === undefined || end === undefined) throw new RangeError(`no glyph ${gid}`);
    new Charstring(this.view, this.globals, this.locals[this.partOf(gid)] ?? null, pen).run(start, end, 0);
  }

  private index(start: number): Index {
    const count = this.view.getUint16(start);
    if (count === 0) return { at: new Uint32Array(1), end: start + 2 };
    const size = this.view.getUint8(start + 2);
    const data = start + 2 + (count + 1) * size;
    const at = new Uint32Array(count + 1);
    for (let i = 0; i <= count; i++) {
      let offset = 0;
      for (let k = 0; k < size; k++) offset = offset * 256 + this.view.getUint8(start + 3 + i * size + k);
      at[i] = data + offset;
      if (data + offset > this.bytes.length) throw new RangeError("an index reaches beyond the CFF table");
    }
    return { at, end: at[count] ?? data };
  }

  private localsOf(part: Dictionary): Subroutines | null {
    const [size = 0, offset = 0] = part.get(key.private) ?? [];
    const subrs = number(this.dictionary(offset, offset + size), key.subrs, 0);
    return subrs === 0 ? null : withBias(this.index(offset + subrs));
  }

  private dictionary(start: number, end: number): Dictionary {
    const entries = new Map<number, readonly number[]>();
    let operands: number[] = [];
    for (let at = start; at < end; ) {
      const byte = this.view.getUint8(at++);
      if (byte <= 21) {
        entries.set(byte === 12 ? 1200 + this.view.getUint8(at++) : byte, operands);
        operands = [];
      } else if (byte === 28) {
        operands.push(this.view.getInt16(at));
        at += 2;
      } else if (byte === 29) {
        operands.push(this.view.getInt32(at));
        at += 4;
      } else if (byte === 30) {
        // A real number, which none of the keys in use has: its nibbles end with 15.
        while ((this.view.getUint8(at) & 15) !== 15 && this.view.getUint8(at) >> 4 !== 15) at++;
        at++;
        operands.push(0);
      } else if (byte <= 246) operands.push(byte - 139);
      else if (byte <= 250) operands.push((byte - 247) * 256 + this.view.getUint8(at++) + 108);
      else operands.push(-(byte - 251) * 256 - this.view.getUint8(at++) - 108);
    }
    return entries;
  }

  /** Which part a glyph belongs to: a byte for each glyph, or ranges. */
  private select(start: number): (gid: number) => number {
    if (this.view.getUint8(start) === 0) return (gid) => this.view.getUint8(start + 1 + gid);
    const parts = new Uint8Array(this.glyphCount);
    const ranges = this.view.getUint16(start + 1);
    for (let i = 0, at = start + 3; i < ranges; i++, at += 3)
      parts.fill(this.view.getUint8(at + 2), this.view.getUint16(at), this.view.getUint16(at + 3));
    return (gid) => parts[gid] ?? 0;
  }
}

function number(dictionary: Dictionary, entry: number, otherwise: number): number {
  return dictionary.get(entry)?.[0] ?? otherwise;
}

function withBias(index: Index): Subroutines {
  const count = index.at.length - 1;
  return { index, bias: count < 1240 ? 107 : count < 33900 ? 1131 : 32768 };
}

/** One charstring being run: its stack, its point, and the hints that a mask has a bit for. */
class Charstring {
  private readonly view: DataView;
  private readonly globals: Subroutines;
  private readonly locals: Subroutines | null;
  private readonly pen: Pen;
  private readonly stack: number[] = [];
  private x = 0;
  private y = 0;
  private hints = 0;

  constructor(view: DataView, globals: Subroutines, locals: Subroutines | null, pen: Pen) {
    this.view = view;
    this.globals = globals;
    this.locals = locals;
    this.pen = pen;
  }

  /** True when the glyph has ended. */
  run(start: number, end: number, depth: number): boolean {
    if (depth > deepestCall) throw new RangeError("subroutines that call each other too deeply");
    const view = this.view;
    const stack = this.stack;
    let at = start;
    while (at < end) {
      const byte = view.getUint8(at++);
      if (byte >= 32) {
        if (byte <= 246) stack.push(byte - 139);
        else if (byte <= 250) stack.push((byte - 247) * 256 + view.getUint8(at++) + 108);
        else if (byte <= 254) stack.push(-(byte - 251) * 256 - view.getUint8(at++) - 108);
        else {
          stack.push(view.getInt32(at) / 65536);
          at += 4;
        }
      } else if (byte === 28) {
        stack.push(view.getInt16(at));
        at += 2;
      } else if (byte === 10 || byte === 29) {
        if (this.call(byte === 10 ? this.locals : this.globals, depth)) return true;
      } else if (byte === 11) return false;
      else if (byte === 14) {
        // With four arguments it joins two other glyphs, which OpenType does not allow.
        if (stack.length >= 4) throw new RangeError("a glyph that is put together of others");
        return true;
      } else if (byte === 19 || byte === 20) {
        this.takeHints();
        at += (this.hints + 7) >> 3;
      } else if (byte === 12) this.flex(view.getUint8(at++));
      else this.operate(byte);
    }
    if (at > end) throw new RangeError("a charstring that ends early");
    return false;
  }

  private call(subroutines: Subroutines | null, depth: number): boolean {
    const number = (this.stack.pop() ?? 0) + (subroutines?.bias ?? 0);
    const [start, end] = [subroutines?.index.at[number], subroutines?.index.at[number + 1]];
    if (start === undefined || end === undefined) throw new RangeError(`no subroutine ${number}`);
    return this.run(start, end, depth + 1);
  }

  private takeHints(): void {
    // An odd one is the width of the glyph.
    this.hints += this.stack.length >> 1;
    this.stack.length = 0;
  }

  private operate(operator: number): void {
    const { stack } = this;
    switch (operator) {
      case 1: // hstem
      case 3: // vstem
      case 18: // hstemhm
      case 23: // vstemhm
        this.takeHints();
        break;
      case 21: // rmoveto
        this.move(stack.at(-2), stack.at(-1));
        break;
      case 22: // hmoveto
        this.move(stack.at(-1), 0);
        break;
      case 4: // vmoveto
        this.move(0, stack.at(-1));
        break;
      case 5: // rlineto
        for (let i = 0; i + 1 < stack.length; i += 2) this.line(this.of(i), this.of(i + 1));
        break;
      case 6: // hlineto
      case 7: // vlineto
        for (let i = 0; i < stack.length; i++)
          if ((i % 2 === 0) === (operator === 6)) this.line(this.of(i), 0);
          else this.line(0, this.of(i));
        break;
      case 8: // rrcurveto
        for (let i = 0; i + 5 < stack.length; i += 6) this.curves(i);
        break;
      case 24: // rcurveline
        for (let i = 0; i + 7 < stack.length; i += 6) this.curves(i);
        this.line(this.of(stack.length - 2), this.of(stack.length - 1));
        break;
      case 25: // rlinecurve
        for (let i = 0; i + 7 < stack.length; i += 2) this.line(this.of(i), this.of(i + 1));
        this.curves(stack.length - 6);
        break;
      case 26: // vvcurveto
      case 27: // hhcurveto
        this.parallel(operator === 27);
        break;
      case 30: // vhcurveto
      case 31: // hvcurveto
        this.alternating(operator === 31);
        break;
      default:
        throw new RangeError(`charstring operator ${operator}`);
    }
    stack.length = 0;
  }

  private of(index: number): number {
    return this.stack[index] ?? 0;
  }

  /** What is below the arguments of the first move is the width of the glyph. */
  private move(dx: number | undefined, dy: number | undefined): void {
    if (dx === undefined || dy === undefined) throw new RangeError("a move without its arguments");
    this.x += dx;
    this.y += dy;
    this.pen.moveTo(this.x, this.y);
  }

  private line(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.pen.lineTo(this.x, this.y);
  }

  private curve(dx1: number, dy1: number, dx2: number, dy2: number, dx: number, dy: number): void {
    const [x1, y1] = [this.x + dx1, this.y + dy1];
    const [x2, y2] = [x1 + dx2, y1 + dy2];
    this.x = x2 + dx;
    this.y = y2 + dy;
    this.pen.curveTo(x1, y1, x2, y2, this.x, this.y);
  }

  private curves(i: number): void {
    this.curve(this.of(i), this.of(i + 1), this.of(i + 2), this.of(i + 3), this.of(i + 4), this.of(i + 5));
  }

  /** Curves that begin and end along one axis. */
  private parallel(horizontal: boolean): void {
    let i = this.stack.length % 4 === 1 ? 1 : 0;
    let aside = i === 1 ? this.of(0) : 0;
    for (; i + 3 < this.stack.length; i += 4, aside = 0) {
      const [a, b, c, d] = [this.of(i), this.of(i + 1), this.of(i + 2), this.of(i + 3)];
      if (horizontal) this.curve(a, aside, b, c, d, 0);
      else this.curve(aside, a, b, c, 0, d);
    }
  }

  /** Curves that begin along one axis and end along the other, in turn; the last may end askew. */
  private alternating(horizontalFirst: boolean): void {
    let horizontal = horizontalFirst;
    for (let i = 0; i + 3 < this.stack.length; i += 4, horizontal = !horizontal) {
      const [a, b, c, d] = [this.of(i), this.of(i + 1), this.of(i + 2), this.of(i + 3)];
      const askew = this.stack.length - i === 5 ? this.of(i + 4) : 0;
      if (horizontal) this.curve(a, 0, b, c, askew, d);
      else this.curve(0, a, b, c, d, askew);
    }
  }

  /** The four operators that draw two curves nearly in one line. */
  private flex(operator: number): void {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0] = this.stack;
    switch (operator) {
      case 34: // hflex
        this.curve(a, 0, b, c, d, 0);
        this.curve(e, 0, f, -c, g, 0);
        break;
      case 35: // flex
        this.curve(a, b, c, d, e, f);
        this.curve(g, h, i, j, k, l);
        break;
      case 36: // hflex1
        this.curve(a, b, c, d, e, 0);
        this.curve(f, 0, g, h, i, -(b + d + h));
        break;
      case 37: {
        // flex1
        const [dx, dy] = [a + c + e + g + i, b + d + f + h + j];
        const across = Math.abs(dx) > Math.abs(dy);
        this.curve(a, b, c, d, e, f);
        this.curve(g, h, i, j, across ? k : -dx, across ? -dy : k);
        break;
      }
      default:
        throw new RangeError(`charstring operator 12 ${operator}`);
    }
    this.stack.length = 0;
  }
}

// A picture in the text: as wide, against the text, as it will be in print. Its settings are in the toolbar while it is
// selected (FigureTools).
import type { Node } from "prosemirror-model";
import type { NodeView } from "prosemirror-view";
import type { Figure } from "../../shared/model/block.ts";
import { transport } from "../transport.ts";

export class FigureView implements NodeView {
  readonly dom: HTMLElement = document.createElement("figure");
  private readonly picture = document.createElement("img");
  private node: Node;

  constructor(node: Node) {
    this.node = node;
    this.dom.className = "text-figure";
    this.picture.draggable = false;
    this.picture.onerror = () => this.dom.classList.add("lost");
    this.dom.append(this.picture);
    this.show();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  private show(): void {
    const { image, width, height, share, alt } = this.node.attrs as Figure["attrs"];
    const address = transport.imageUrl(image);
    if (this.picture.getAttribute("src") !== address) {
      this.dom.classList.remove("lost");
      this.picture.src = address;
    }
    this.picture.alt = alt || "没有替代文字的图片";
    this.dom.style.setProperty("--share", `${share * 100}%`);
    this.dom.style.setProperty("--ratio", `${width} / ${height}`);
  }
}

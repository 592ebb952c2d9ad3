// Keeps a fault of one part of the window from taking the rest with it: the part is replaced by a sentence and a way
// to have it back, and what was typed goes on being saved.
import { Button } from "antd";
import { Component, type ReactNode } from "react";

interface Props {
  /** What the part is called. */
  readonly name: string;
  readonly children: ReactNode;
}

export class Boundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="teach" role="alert">
        <p>“{this.props.name}”显示不出来了，文字仍在稿库里。请重新打开；若再次出现，请把刚才的操作告诉维护人员。</p>
        <Button onClick={() => this.setState({ failed: false })}>重新打开</Button>
      </div>
    );
  }
}

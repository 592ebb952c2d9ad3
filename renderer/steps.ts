// What can be taken back outside the text: arrangement and fields. The text has its own history in the editor.

/** A change that was made. `merge`: steps of the same name that follow each other become one, as while typing into a
 *  field; "" stays by itself. */
export interface Step {
  readonly merge: string;
  undo(): void;
  redo(): void;
}

export class Steps {
  private readonly done: Step[] = [];
  private readonly undone: Step[] = [];

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Makes a change and remembers it. */
  take(step: Step): void {
    const last = this.done.at(-1);
    if (last && step.merge !== "" && last.merge === step.merge) this.done.splice(-1, 1, { ...step, undo: last.undo });
    else this.done.push(step);
    this.undone.length = 0;
    step.redo();
  }

  /** False when there is nothing to take back. */
  undo(): boolean {
    const step = this.done.pop();
    if (!step) return false;
    this.undone.push(step);
    step.undo();
    return true;
  }

  redo(): boolean {
    const step = this.undone.pop();
    if (!step) return false;
    this.done.push(step);
    step.redo();
    return true;
  }

  forget(): void {
    this.done.length = 0;
    this.undone.length = 0;
  }
}

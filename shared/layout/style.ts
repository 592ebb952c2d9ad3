// placeholder until the layout lands
export interface StyleSheet {
  readonly name: string;
  readonly label: string;
  readonly numberBrackets: readonly [string, string];
}
